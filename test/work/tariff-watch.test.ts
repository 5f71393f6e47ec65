import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { tariffOf } from '../../actors/pricing/book.ts';
import { TariffWatch } from '../../gateways/work/tariff-watch.ts';
import { codeOf } from '../../src/errors.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withFolder } from '../files/temp-folder.ts';

interface Desk {
  readonly dir: string;
  readonly watch: TariffWatch;
  readonly taken: string[][];
  readonly refused: string[][];
  /** Rewrites a tariff file. */
  edit(site: string, change: Readonly<Record<string, unknown>>): Promise<void>;
}

const OURS = join(import.meta.dirname, '../../tariffs');

const withTariffs: Fixture<Desk> = (lend, title) =>
  withFolder(async (dir) => {
    for (const file of ['north.json', 'south.json']) await copyFile(join(OURS, file), join(dir, file));
    const [taken, refused]: [string[][], string[][]] = [[], []];
    const watch = await TariffWatch.open(dir, {
      everyMs: 10,
      taken: (sites) => taken.push([...sites]),
      refused: (faults) => refused.push([...faults]),
    });
    try {
      await lend({
        dir,
        watch,
        taken,
        refused,
        async edit(site, change) {
          const tariff = JSON.parse(await readFile(join(OURS, `${site}.json`), 'utf8'));
          const file = join(dir, `${site}.json`);
          await writeFile(`${file}.new`, JSON.stringify({ ...tariff, ...change }));
          await rename(`${file}.new`, file); // never seen half written
        },
      });
    } finally {
      watch.close();
    }
  }, title);

const test = spec('tariffs while they change', withTariffs);

test('a changed file gives its site another tariff under another version, and the others keep theirs', async (desk) => {
  const [north, south] = ['north', 'south'].map((site) => tariffOf(desk.watch.book, site)!);
  await desk.edit('north', { setup: 9_999 });
  await until('it is taken', () => tariffOf(desk.watch.book, 'north')!.setup === 9_999);
  assert.is.not(tariffOf(desk.watch.book, 'north')!.version, north!.version);
  assert.is(tariffOf(desk.watch.book, 'south'), south);
  assert.equal([desk.taken, desk.watch.stale], [[['north']], false]);
});

test('a bad file changes nothing and is told once; the good one beside it counts', async (desk) => {
  const north = tariffOf(desk.watch.book, 'north')!;
  await writeFile(join(desk.dir, 'north.json'), '{"site": "north", ');
  await until('it is refused', () => desk.watch.stale);
  await desk.edit('south', { setup: 7_777 });
  await until('the other is taken', () => tariffOf(desk.watch.book, 'south')!.setup === 7_777);
  assert.is(tariffOf(desk.watch.book, 'north'), north);
  assert.is(desk.refused.length, 1);
  assert.match(desk.refused[0]!.join(), /^north\.json \/ is not JSON/);
  await desk.edit('north', { setup: 1 });
  await until('the repaired one is taken', () => tariffOf(desk.watch.book, 'north')!.setup === 1);
  assert.is(desk.watch.stale, false);
});

test('a tariff that breaks a rule, or does not go with another, is refused too', async (desk) => {
  const before = desk.watch.book;
  await desk.edit('north', { currency: 'euro' });
  await until('its fault is told', () => desk.refused.flat().some((line) => line.includes('/currency')));
  await desk.edit('north', { numberPrefix: tariffOf(before, 'south')!.numberPrefix });
  await until('that is told', () => desk.refused.flat().some((line) => line.includes('stands twice')));
  assert.is(desk.watch.book, before);
});

test('sites come and go with a restart only', async (desk) => {
  const before = desk.watch.book;
  await rm(join(desk.dir, 'north.json'));
  await until('it is told', () => desk.refused.flat().some((line) => line.startsWith('north.json is gone')));
  assert.is(desk.watch.book, before);
  await writeFile(
    join(desk.dir, 'west.json'),
    (await readFile(join(OURS, 'north.json'), 'utf8')).replace('"north"', '"west"'),
  );
  await until('that too', () => desk.refused.flat().some((line) => line.startsWith('west.json: a site comes')));
  assert.is(desk.watch.book, before);
});

test('nothing starts with a bad tariff', async ({ dir }) => {
  await writeFile(join(dir, 'north.json'), '{}');
  const quiet = { taken: () => undefined, refused: () => undefined };
  assert.is(await TariffWatch.open(dir, quiet).then(() => 'opened', codeOf), 'bad_files');
});
