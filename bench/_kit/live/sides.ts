/** A side of a live bench: two nodes, who changes orders, who watches; each a process. */
import { join } from 'node:path';
import { freePorts } from '../../../src/launcher/servers/ports.ts';
import { NAMESPACE, uuid5 } from '../../../src/uuid5.ts';
import { askProcess } from '../ask.ts';
import { type Meter, ofProcess, ofProcesses } from '../cpu.ts';
import { environmentOf } from '../environment.ts';
import { forked, type Running } from '../process.ts';
import { signIn } from '../sessions.ts';
import type { Addresses, Stand } from '../stand.ts';
import { startWeb, type Web } from '../web.ts';
import type { GeneratorAsk } from './generator.ts';
import type { Watching } from './watcher.ts';
import type { About, SideName, WriterAsk } from './writing.ts';

export const TITLES: Readonly<Record<SideName, string>> = { andon: 'andon', plain: 'plain Socket.IO + pg-cte' };

export interface NodeOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Of Node. */
  readonly flags?: readonly string[];
}

export interface SideOptions extends NodeOptions {
  readonly nodes?: number;
}

const here = (file: string): string => join(import.meta.dirname, file);

export async function startNode(side: SideName, at: Addresses, { env = {}, flags = [] }: NodeOptions): Promise<Web> {
  if (side === 'andon') return startWeb(at, env, flags);
  const [port = 0] = await freePorts(1);
  const file = here('../../peers/live-node.ts');
  return { ...(await forked(file, [String(port)], environmentOf(at), flags)), url: `http://127.0.0.1:${port}` };
}

export class Side {
  readonly name: SideName;
  readonly nodes: readonly Web[];
  readonly #stand: Stand;
  readonly #writer: Running;
  readonly #generator: Running;
  #people = 0;

  private constructor(name: SideName, stand: Stand, nodes: readonly Web[], [writer, generator]: [Running, Running]) {
    this.name = name;
    this.nodes = nodes;
    this.#stand = stand;
    this.#writer = writer;
    this.#generator = generator;
  }

  /** Lends it, and stops all its processes whatever happened. */
  static async with<T>(
    name: SideName,
    stand: Stand,
    options: SideOptions,
    use: (side: Side) => Promise<T>,
  ): Promise<T> {
    const count = options.nodes ?? 2;
    const starting = [
      forked(here('generator.ts'), [], environmentOf(stand)),
      forked(here('writer.ts'), [name], environmentOf(stand)),
    ] as const;
    const startingNodes = Array.from({ length: count }, () => startNode(name, stand, options));
    try {
      const [[generator, writer], nodes] = await Promise.all([Promise.all(starting), Promise.all(startingNodes)]);
      return await use(new Side(name, stand, nodes, [writer, generator]));
    } finally {
      // The clients first, so that nodes have nobody to wait for.
      for (const one of await Promise.allSettled<Running>([...starting, ...startingNodes]))
        if (one.status === 'fulfilled') await one.value.stop();
    }
  }

  /** Both, side by side. */
  static both<T>(stand: Stand, options: SideOptions, use: (sides: readonly Side[]) => Promise<T>): Promise<T> {
    return Side.with('andon', stand, options, (own) => Side.with('plain', stand, options, (peer) => use([own, peer])));
  }

  get urls(): readonly string[] {
    return this.nodes.map(({ url }) => url);
  }

  get meter(): Meter {
    return {
      nodes: ofProcesses(this.nodes.map(({ pid }) => pid)),
      writer: ofProcess(this.#writer.pid),
      generator: ofProcess(this.#generator.pid),
      ...this.#stand.meter,
    };
  }

  write<T>(ask: WriterAsk): Promise<T> {
    return askProcess<T>(this.#writer, ask);
  }

  generate<T>(ask: GeneratorAsk): Promise<T> {
    return askProcess<T>(this.#generator, ask);
  }

  /** Orders of each site, and each order's site. */
  async prepare(sites: readonly string[], each: number): Promise<Readonly<Record<string, string>>> {
    const of: Record<string, string> = {};
    for (const site of sites)
      for (const order of await this.write<string[]>({ do: 'prepare', site, count: each })) of[order] = site;
    return of;
  }

  /** Clients that watch these, in a row, one each: of ours operators at the board, or sales for orders. */
  async gather(about: About, watched: readonly string[]): Promise<void> {
    const way = `${this.name} ${about}` as const;
    await this.generate({ do: 'gather', way, watching: await this.#watching(about, watched) });
  }

  async #watching(about: About, watched: readonly string[]): Promise<readonly Watching[]> {
    if (this.name === 'plain') return watched.map((one) => ({ about: one }));
    const people = watched.map((one) =>
      about === 'board'
        ? { id: personOf(one, this.#people++), role: 'operator', site: one }
        : { id: personOf('crm', this.#people++), role: 'crm' },
    );
    const tokens = await signIn(this.#stand, people);
    return watched.map((one, n) => ({ about: one, token: tokens[n] }));
  }
}

const personOf = (what: string, n: number): string => uuid5(NAMESPACE.duty, `bench watcher ${what} ${n}`);
