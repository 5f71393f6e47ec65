import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Appended } from '../../src/log/rows.ts';
import { spec } from '../_kit/spec.ts';
import { newRow, next } from './new-row.ts';
import { type OpenLog, withOpenLog } from './open-log.ts';

const test = spec('claims', withOpenLog);

const heldBy = (answer: Appended): Record<string, string> | undefined =>
  answer.result === 'claim' ? Object.fromEntries(answer.held) : undefined;

const claims = async ({ see }: OpenLog): Promise<Record<string, string>> => {
  const rows = await see<{ name: string; actor_id: string }>('select name, actor_id from claims order by name');
  return Object.fromEntries(rows.map(({ name, actor_id }) => [name, actor_id]));
};

test('a name is taken with the row, and given back with another', async (open) => {
  const log = await open.batcher();
  const first = newRow({ takes: ['slot:anna:1'] });
  await log.append(first);
  assert.equal(await claims(open), { 'slot:anna:1': first.actor });
  await log.append(next(first, { frees: ['slot:anna:1'] }));
  assert.equal(await claims(open), {});
});

test('a name held by another actor is a claim taken, told with its holder, and nothing is written', async (open) => {
  const log = await open.batcher();
  const holder = newRow({ takes: ['slot:anna:1'] });
  await log.append(holder);
  const other = newRow({ takes: ['slot:anna:1', 'slot:anna:2'], frees: [] });
  assert.equal(heldBy(await log.append(other)), { 'slot:anna:1': holder.actor });
  assert.equal(await claims(open), { 'slot:anna:1': holder.actor });
  assert.is((await open.see('select from actor_log')).length, 1);
});

test('a name held by oneself is a claim taken too', async (open) => {
  const log = await open.batcher();
  const first = newRow({ takes: ['slot:anna:1'] });
  await log.append(first);
  assert.equal(heldBy(await log.append(next(first, { takes: ['slot:anna:1'] }))), { 'slot:anna:1': first.actor });
});

test('in one statement a name is given back before it is taken', async (open) => {
  const log = await open.batcher();
  const first = newRow({ actor: `00000000${randomUUID().slice(8)}`, takes: ['slot:anna:1'] });
  await log.append(first);
  // A row is blocked by what is held when the statement begins, so the taker is told *claim* and sent once more.
  const [freed, taken] = await Promise.all([
    log.append(next(first, { frees: ['slot:anna:1'] })),
    log.append(newRow({ actor: `ffffffff${randomUUID().slice(8)}`, takes: ['slot:anna:1'] })),
  ]);
  assert.is(freed.result, 'won');
  assert.is(taken.result, 'won');
});

test('a row may give back one name and take another', async (open) => {
  const log = await open.batcher();
  const first = newRow({ takes: ['slot:anna:1'] });
  await log.append(first);
  await log.append(next(first, { frees: ['slot:anna:1'], takes: ['slot:boris:1'] }));
  assert.equal(await claims(open), { 'slot:boris:1': first.actor });
});

test('of several rows that want one name exactly one gets it, the others learn who', async (open) => {
  const log = await open.batcher();
  const rows = Array.from({ length: 20 }, () => newRow({ takes: ['ref:acme:7'] }));
  const answers = await Promise.all(rows.map((row) => log.append(row)));
  const winners = rows.filter((_, i) => answers[i]?.result === 'won');
  assert.is(winners.length, 1);
  for (const answer of answers) {
    if (answer.result !== 'won') assert.equal(heldBy(answer), { 'ref:acme:7': winners[0]!.actor });
  }
  assert.is((await open.see('select from actor_log')).length, 1);
});

test('when the first of two rows that want a name loses, the second gets it', async (open) => {
  const log = await open.batcher();
  const loser = newRow({ actor: `00000000${randomUUID().slice(8)}` });
  await log.append(loser);
  const [lost, won] = await Promise.all([
    log.append({ ...loser, commandId: randomUUID(), takes: ['ref:acme:7'] }),
    log.append(newRow({ actor: `ffffffff${randomUUID().slice(8)}`, takes: ['ref:acme:7'] })),
  ]);
  assert.equal(lost, { result: 'lost' });
  assert.equal(won, { result: 'won' });
});

test('a stale row that wants a held name is lost, not refused for the name', async (open) => {
  const log = await open.batcher();
  const first = newRow({ takes: ['slot:anna:1'] });
  await log.append(first);
  assert.equal(await log.append(newRow({ actor: first.actor, takes: ['slot:anna:1'] })), { result: 'lost' });
});

test('a repeat of the row that took a name is mine, not refused for the name', async (open) => {
  const log = await open.batcher();
  const first = newRow({ takes: ['slot:anna:1'] });
  await log.append(first);
  assert.is((await log.append(first)).result, 'mine');
});

test('nobody frees what another holds, not even beside a row that frees its own', async (open) => {
  const log = await open.batcher();
  const [anna, boris] = [newRow({ takes: ['slot:a:1'] }), newRow({ takes: ['slot:b:1'] })];
  await Promise.all([log.append(anna), log.append(boris)]);
  const answers = await Promise.all([
    log.append(next(anna, { frees: ['slot:b:1'] })),
    log.append(next(boris, { frees: [] })),
    log.append(newRow({ takes: ['slot:c:1'], frees: ['slot:a:1'] })),
  ]);
  assert.ok(answers.every(({ result }) => result === 'won'));
  assert.equal(await claims(open), {
    'slot:a:1': anna.actor,
    'slot:b:1': boris.actor,
    'slot:c:1': (await claims(open))['slot:c:1'],
  });
  assert.is(open.reports.filter(({ what }) => what === 'append_freed_what_it_did_not_hold').length, 2);
});

test('nodes that race for the slots of one operator never exceed them, and every free slot finds a taker', async (open) => {
  const nodes = [await open.batcher(), await open.batcher()];
  const slots = ['slot:anna:1', 'slot:anna:2', 'slot:anna:3'];
  const orders = Array.from({ length: 60 }, () => newRow());
  const capture = async (order: ReturnType<typeof newRow>, i: number): Promise<boolean> => {
    const taken = new Set<string>();
    for (let free = slots[0]; free !== undefined; free = slots.find((slot) => !taken.has(slot))) {
      const answer = await nodes[i % 2]!.append({ ...order, commandId: randomUUID(), takes: [free] });
      if (answer.result === 'won') return true;
      for (const name of Object.keys(heldBy(answer) ?? {})) taken.add(name);
    }
    return false;
  };
  const won = await Promise.all(orders.map(capture));
  assert.is(won.filter(Boolean).length, 3);
  assert.equal(Object.keys(await claims(open)), slots);
});
