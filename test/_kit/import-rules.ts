/**
 * Which part may import which: one line per part. `actors` is the business, `src` the machine, `gateways` the edges;
 * imports point from the edges inwards; `src/main.ts` and its folder alone know all.
 */

export interface Part {
  readonly name: string;
  /** Path of a file, from the root of the repository → is it of this part? The first part that says yes owns it. */
  readonly owns: RegExp;
  /** What its files may import, by path. */
  readonly files: readonly RegExp[];
  /** What its files may import by name; `node:` modules have that prefix. */
  readonly packages: readonly RegExp[];
}

const ANY = /^/;
const NOT_NODE = /^(?!node:)/;
const ACTOR_TYPES = /^src\/runtime\/actor\.ts$/;
const SRC = /^src\/(?!main(\.ts$|\/))/;

/** The part of one edge: it may import itself, never another edge. */
const edge = (name: string): Part => ({
  name: `gateways/${name}`,
  owns: new RegExp(`^gateways/${name}/`),
  files: [new RegExp(`^gateways/${name}/`), /^gateways\/contract\//, /^actors\//, SRC],
  packages: [ANY],
});

const PARTS: readonly Part[] = [
  { name: 'src/runtime/actor.ts', owns: ACTOR_TYPES, files: [], packages: [] },
  { name: 'src/main.ts', owns: /^src\/main(\.ts$|\/)/, files: [/^(actors|gateways|src)\//], packages: [ANY] },
  { name: 'src', owns: /^src\//, files: [SRC], packages: [ANY] },
  { name: 'actors', owns: /^actors\//, files: [/^actors\//, ACTOR_TYPES], packages: [/^typebox(\/|$)/] },
  {
    name: 'gateways/contract',
    owns: /^gateways\/contract\//,
    files: [/^gateways\/contract\//, /^actors\//, ACTOR_TYPES],
    packages: [NOT_NODE], // pages import it too
  },
  { name: 'web (build)', owns: /^web\/(build\/|[^/]*config\.ts$)/, files: [/^web\//], packages: [ANY] },
  { name: 'web', owns: /^web\//, files: [/^web\//, /^gateways\/contract\//], packages: [NOT_NODE] },
  // Players of the demo are guests like any other: they know what everybody outside may know.
  {
    name: 'demo',
    owns: /^demo\//,
    files: [/^demo\//, /^web\/client\//, /^gateways\/contract\//],
    packages: [ANY],
  },
  { name: 'bench', owns: /^bench\//, files: [ANY], packages: [ANY] },
  // `spec` and the runner alone know uvu itself: elsewhere it could hide failures.
  { name: 'test/_kit', owns: /^test\/_kit\//, files: [ANY], packages: [ANY] },
  { name: 'test', owns: /^test\//, files: [ANY], packages: [/^(?!uvu$)/] },
];

/** undefined: the file lies where no source belongs. */
export function partOf(path: string): Part | undefined {
  const name = /^gateways\/(?!contract\/)(?<edge>[\w-]+)\//.exec(path)?.groups?.['edge'];
  return name === undefined ? PARTS.find((part) => part.owns.test(path)) : edge(name);
}
