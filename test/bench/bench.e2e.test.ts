/** The benches measure what they say: at a tiny size, on a stand of their own, nothing here about how fast. */
import * as assert from 'uvu/assert';
import type { Contender } from '../../bench/_kit/contender.ts';
import { NAMES, openContender } from '../../bench/_kit/contenders.ts';
import { openFilled } from '../../bench/_kit/many.ts';
import { openMembers, PROCESSES } from '../../bench/_kit/members.ts';
import { races, racesOver } from '../../bench/_kit/races.ts';
import { readSettings } from '../../bench/_kit/settings.ts';
import { settle } from '../../bench/_kit/settle.ts';
import type { Stand } from '../../bench/_kit/stand.ts';
import { steady, storm } from '../../bench/_kit/storm.ts';
import { pages } from '../../bench/measures/pages.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

const OPERATORS = 8;
const TINY = { ...readSettings({}), runs: 1, seconds: 0.3, operators: OPERATORS, big: 1_000, board: 400, clients: 4 };

interface Opened {
  readonly stand: Stand;
  readonly contenders: readonly Contender[];
}

const onStand: Fixture<Opened> = async (lend) => {
  const stand = await openFilled({ orders: TINY.big, board: TINY.board });
  const contenders: Contender[] = [];
  try {
    for (const name of NAMES) {
      const contender = await openContender(name, stand, OPERATORS);
      contenders.push(contender);
      await contender.begin();
    }
    await lend({ stand, contenders });
  } finally {
    for (const contender of contenders) await contender.close();
    await stand.close();
  }
};

const test = spec<Opened>('benches', onStand, { shared: true, deadlineMs: 60_000 });

test('a storm counts each command of each order once, whoever is measured', async ({ stand, contenders }) => {
  for (const contender of contenders) {
    const orders = await contender.prepare(12);
    const { commands, cpu } = await storm(contender, orders, OPERATORS, stand.meter);
    assert.is(commands, 36, contender.name);
    assert.ok(Object.values(cpu).every((us) => us >= 0));
  }
});

test('at a given rate every command that fell due is sent and answered', async ({ stand, contenders }) => {
  const [own] = contenders;
  const orders = await own!.prepare(30);
  const { commands, perSecond } = await steady(own!, orders, OPERATORS, 300, stand.meter);
  assert.is(commands, 90);
  assert.ok(perSecond <= 310, 'not faster than it was asked to');
});

test('a race has one winner, whoever is measured', async ({ contenders }) => {
  for (const contender of contenders) {
    const { races: run, winners } = await races(contender, await contender.prepare(3), OPERATORS);
    assert.equal([run, winners], [3, 3], contender.name);
  }
});

test('over several processes a race has one winner, and each change of a hot order is one version', async (opened) => {
  const [own] = opened.contenders;
  const members = await openMembers('andon', opened.stand, OPERATORS);
  try {
    assert.is(members.pids.length, PROCESSES);
    const { races: run, winners } = await racesOver(members, own!, await own!.prepare(3), OPERATORS);
    assert.equal([run, winners], [3, 3]);
    const order = await own!.draft();
    const told = await members.ask(() => ({ do: 'hot', order, clients: 2, ms: 300 }));
    const accepted = told.reduce((sum, one) => sum + (one.accepted ?? 0), 0);
    assert.ok(accepted > 0);
    assert.is(await own!.versionOf(order), 1 + accepted);
  } finally {
    await members.stop();
  }
});

test('pages of a board ask Postgres nothing, those of the list a statement each', async ({ stand }) => {
  await settle(stand);
  const [board, list] = await pages(stand, TINY);
  const beyond = (row: Readonly<Record<string, number>>): number =>
    Math.max(0, (row['statements of the node'] ?? 0) - (row['of an idle one'] ?? 0)) / (row['pages'] ?? 0);
  for (const [name, row] of Object.entries(board!.rows)) {
    assert.ok((row['pages'] ?? 0) >= 10, `${name}: ${row['pages']} pages`);
    if (name.startsWith('andon')) assert.ok(beyond(row) < 0.3, `${name}: ${beyond(row)} statements a page`);
  }
  for (const [name, row] of Object.entries(list!.rows))
    if (name.startsWith('andon')) assert.ok(beyond(row) > 0.7, `${name}: ${beyond(row)} statements a page`);
});
