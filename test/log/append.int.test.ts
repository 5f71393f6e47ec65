import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { ISSUER, newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

const test = spec('append', withOpenLog);

test('a row on its predecessor wins and stands in the log as it was given', async ({ batcher, see }) => {
  const log = await batcher();
  const first = newRow({
    trace: '00-aa-bb-01',
    was: { site: 'north' },
    events: [{ type: 'created' }, { type: 'named' }],
  });
  assert.equal(await log.append(first), { result: 'won' });
  const [row] = await see('select * from actor_log');
  assert.is(row?.['actor_id'], first.actor);
  assert.is(row?.['at'].toISOString(), first.at);
  assert.equal(row?.['issuer'], ISSUER);
  assert.equal(row?.['events'], first.events);
  assert.equal(row?.['after'], first.after);
  assert.equal(row?.['was'], { site: 'north' });
  assert.is(row?.['trace'], '00-aa-bb-01');
  assert.is(row?.['era'], 1);
  assert.equal(await log.append(next(first)), { result: 'won' });
});

test('a command id that stands in the log is mine already, told from that row', async ({ batcher, see }) => {
  const log = await batcher();
  const first = newRow({ after: { status: 'A' }, hash: 'h1', stateVersion: 3 });
  await log.append(first);
  await log.append(next(first));
  const again = await log.append(next(next(first), { base: randomUUID(), commandId: first.commandId, hash: 'h2' }));
  assert.equal(again, {
    result: 'mine',
    version: 1,
    hash: 'h1',
    after: { status: 'A' },
    stateVersion: 3,
    own: false,
  });
  assert.is((await see('select from actor_log')).length, 2);
});

test('a version that another row has is lost', async ({ batcher }) => {
  const log = await batcher();
  const first = newRow();
  await log.append(first);
  assert.equal(await log.append({ ...first, commandId: randomUUID() }), { result: 'lost' });
});

test('a row whose predecessor does not exist is lost: no hole', async ({ batcher, see }) => {
  const log = await batcher();
  const first = newRow();
  await log.append(first);
  assert.equal(await log.append(next(next(first))), { result: 'lost' });
  assert.equal(await log.append(newRow({ version: 2, base: randomUUID() })), { result: 'lost' });
  assert.is((await see('select from actor_log')).length, 1);
});

test('a row decided on another command than its predecessor is lost', async ({ batcher, see }) => {
  const log = await batcher();
  const first = newRow();
  await log.append(first);
  assert.equal(await log.append(next(first, { base: randomUUID() })), { result: 'lost' });
  assert.is((await see('select from actor_log')).length, 1);
});

test('an append makes jobs, with their trace and share, and finishes others', async ({ batcher, see }) => {
  const log = await batcher();
  const [price, timer] = [randomUUID(), randomUUID()];
  const first = newRow({
    trace: '00-cc-dd-01',
    jobs: [
      { id: price, kind: 'price', payload: { order: 'o' }, share: 'acme' },
      { id: timer, kind: 'timer', payload: null, due: '2030-01-01T00:00:00.000Z' },
    ],
  });
  await log.append(first);
  const made = await see('select * from jobs order by kind');
  assert.equal(
    made.map((job) => [job['id'], job['actor_id'], job['state'], job['share'], job['trace']]),
    [
      [price, first.actor, 'due', 'acme', '00-cc-dd-01'],
      [timer, first.actor, 'due', null, '00-cc-dd-01'],
    ],
  );
  assert.equal(made[0]?.['payload'], { order: 'o' });
  assert.ok(Math.abs(made[0]?.['due'] - Date.now()) < 60_000);
  assert.is(made[1]?.['due'].toISOString(), '2030-01-01T00:00:00.000Z');

  await log.append(next(first, { done: [price] }));
  const states = await see<{ id: string; state: string }>('select id, state from jobs');
  assert.equal(Object.fromEntries(states.map(({ id, state }) => [id, state])), { [price]: 'done', [timer]: 'due' });
});

test('a row that did not win makes and finishes no job and touches no claim', async ({ batcher, see }) => {
  const log = await batcher();
  const job = randomUUID();
  const first = newRow({ jobs: [{ id: job, kind: 'price', payload: {} }], takes: ['ref:acme:1'] });
  await log.append(first);
  const loser = next(first, {
    base: randomUUID(),
    jobs: [{ id: randomUUID(), kind: 'price', payload: {} }],
    done: [job],
    takes: ['ref:acme:2'],
    frees: ['ref:acme:1'],
  });
  assert.equal(await log.append(loser), { result: 'lost' });
  assert.equal(await see('select id, state from jobs'), [{ id: job, state: 'due' }]);
  assert.equal(await see('select name from claims'), [{ name: 'ref:acme:1' }]);
});

test('of two nodes with the same predecessor exactly one wins, however often they race', async ({ batcher, see }) => {
  const nodes = [await batcher(), await batcher(), await batcher()];
  let head = newRow();
  await nodes[0]!.append(head);
  for (let round = 0; round < 100; round++) {
    const rows = nodes.map(() => next(head));
    const answers = await Promise.all(nodes.map((node, i) => node.append(rows[i]!)));
    assert.equal(answers.map(({ result }) => result).sort(), ['lost', 'lost', 'won']);
    head = rows[answers.findIndex(({ result }) => result === 'won')]!;
  }
  assert.is((await see('select from actor_log')).length, 101);
});

test('the same command sent through two nodes at once is one row and one mine', async ({ batcher, see }) => {
  const nodes = [await batcher(), await batcher()];
  for (let round = 0; round < 50; round++) {
    const row = newRow({ takes: [`ref:acme:${round}`] });
    const answers = await Promise.all(nodes.map((node) => node.append(row)));
    assert.equal(answers.map(({ result }) => result).sort(), ['mine', 'won']);
    for (const answer of answers) if (answer.result === 'mine') assert.is(answer.own, false);
  }
  assert.is((await see('select from actor_log')).length, 50);
});

test('rows of one actor sent at once are tried one after another, in their order', async ({ batcher }) => {
  const log = await batcher();
  const rows = [newRow()];
  for (let i = 1; i < 40; i++) rows.push(next(rows[i - 1]!));
  const answers = await Promise.all(rows.map((row) => log.append(row)));
  assert.ok(answers.every(({ result }) => result === 'won'));
});

test('a thousand actors at once all win, in few statements', async ({ batcher, see }) => {
  const log = await batcher();
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => log.append(newRow())));
  assert.ok(answers.every(({ result }) => result === 'won'));
  const [{ statements } = { statements: 0 }] = await see<{ statements: number }>(
    'select count(distinct xid)::int as statements from actor_log',
  );
  assert.ok(statements <= 32, `${statements} statements`);
});
