import * as assert from 'uvu/assert';
import { Revocations } from '../../src/identity/revocations.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

interface World {
  readonly revocations: Revocations;
  /** How far each look reached back, seconds. */
  readonly asked: number[];
  /** What the next looks find; an error is thrown. */
  found: readonly string[] | Error;
}

const withRevocations: Fixture<World> = async (lend) => {
  const world = { asked: [] as number[], found: [] as readonly string[] | Error };
  const pool = {
    query: async ({ values = [] }: { values?: unknown[] }) => {
      world.asked.push(Number(values[0]));
      if (world.found instanceof Error) throw world.found;
      return { rows: world.found.map((sid) => ({ sid })) };
    },
  } as unknown as Queryable;
  const revocations = await Revocations.open({ pool, rememberedMs: 60_000 });
  try {
    await lend(Object.assign(world, { revocations }));
  } finally {
    revocations.close();
  }
};

const test = spec<World>('what was revoked lately', withRevocations);

test('the first look reaches back as far as Redis may remember, and a commit takes', ({ asked }) => {
  assert.ok(asked[0]! >= 75 && asked[0]! < 80, `${asked[0]}`);
});

test('later ones overlap; one that failed is made up for, and nothing known is forgotten', async (world) => {
  const { revocations, asked } = world;
  world.found = ['a'];
  await revocations.check();
  const before = asked.length;
  world.found = new Error('away');
  await revocations.check();
  await revocations.check();
  assert.ok(asked.slice(1).every((seconds) => seconds >= 15 && seconds < 30));
  assert.ok(asked.at(-1)! > asked.at(-2)! && asked.length === before + 2, `${asked}`);
  assert.ok(revocations.has('a'));
  assert.not(revocations.has('b'));
});

test('two who ask at once are one look', async ({ revocations, asked }) => {
  const before = asked.length;
  await Promise.all([revocations.check(), revocations.check(), revocations.check()]);
  assert.is(asked.length, before + 1);
});
