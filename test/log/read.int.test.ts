import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { listQuarantined, quarantine } from '../../src/log/quarantine.ts';
import { LogReader } from '../../src/log/read.ts';
import { spec } from '../_kit/spec.ts';
import { newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

const test = spec('reading the log', withOpenLog);

test('heads are told at the places of their keys, undefined where there is none', async ({ batcher, pool }) => {
  const log = await batcher();
  const [a, b] = [newRow(), newRow({ kind: 'operator', after: { name: 'b' }, stateVersion: 7 })];
  const second = next(a);
  for (const row of [a, b, second]) await log.append(row);
  const reader = new LogReader(pool);
  const heads = await reader.heads([
    { kind: 'operator', actor: b.actor },
    { kind: 'order', actor: randomUUID() },
    { kind: 'order', actor: a.actor },
    { kind: 'order', actor: b.actor },
  ]);
  assert.equal(heads, [
    { version: 1, commandId: b.commandId, after: { name: 'b' }, stateVersion: 7, quarantined: false },
    undefined,
    { version: 2, commandId: second.commandId, after: { version: 2 }, stateVersion: 1, quarantined: false },
    undefined,
  ]);
});

test('rows come oldest first, after a version, at most so many', async ({ batcher, pool }) => {
  const log = await batcher();
  const rows = [newRow({ trace: 't', was: null })];
  for (let i = 1; i < 5; i++) rows.push(next(rows[i - 1]!, { was: { version: i } }));
  for (const row of rows) await log.append(row);
  const reader = new LogReader(pool);
  const { actor } = rows[0]!;
  const read = await reader.rows('order', actor);
  assert.equal(
    read,
    rows.map(({ kind, actor, version, commandId, issuer, at, events, after, stateVersion, was, trace }) => {
      return { kind, actor, version, commandId, issuer, at, events, after, stateVersion, was, trace };
    }),
  );
  assert.equal(
    (await reader.rows('order', actor, 2, 2)).map(({ version }) => version),
    [3, 4],
  );
  assert.equal(await reader.rows('operator', actor), []);
});

test('what many ask in one tick is one statement: each its own actor, version and limit', async ({ batcher, pool }) => {
  const log = await batcher();
  const [a, b] = [newRow(), newRow({ kind: 'operator' })];
  const [second, other] = [next(a), next(b)];
  for (const row of [a, b, second, other, next(second)]) await log.append(row);
  let statements = 0;
  const counted = {
    query: (asked: never) => {
      statements += 1;
      return pool.query(asked);
    },
  };
  const reader = new LogReader(counted as never);
  const found = await Promise.all([
    ...[0, 1, 0].map((since) => reader.rows('order', a.actor, since)),
    reader.rows('operator', b.actor, 0, 1),
    reader.rows('order', b.actor),
  ]);
  assert.equal(
    found.map((rows) => rows.map(({ kind, actor, version }) => [kind, actor, version])),
    [
      [1, 2, 3].map((version) => ['order', a.actor, version]),
      [2, 3].map((version) => ['order', a.actor, version]),
      [1, 2, 3].map((version) => ['order', a.actor, version]),
      [['operator', b.actor, 1]],
      [],
    ],
  );
  assert.is(found[0], found[2], 'the same question is asked once');
  const keys = [a, b, { kind: 'order', actor: b.actor }];
  assert.equal(await reader.versions(keys), [3, 2, 0]);
  assert.is(statements, 2);
});

test('claims are found by prefix and by name', async ({ batcher, pool }) => {
  const log = await batcher();
  const a = newRow({ takes: ['slot:anna:1', 'slot:anna:10'] });
  const b = newRow({ takes: ['slot:annabel:1', 'ref:acme:ä', 'slot:boris:2'] });
  for (const row of [a, b]) await log.append(row);
  const reader = new LogReader(pool);
  const found = async (...prefixes: string[]) => Object.fromEntries(await reader.claims(...prefixes));
  assert.equal(await found('slot:anna:'), { 'slot:anna:1': a.actor, 'slot:anna:10': a.actor });
  assert.equal(await found('ref:acme:'), { 'ref:acme:ä': b.actor });
  assert.equal(Object.keys(await found('slot:anna:', 'slot:boris:')), ['slot:anna:1', 'slot:anna:10', 'slot:boris:2']);
  assert.equal(await found('slot:carl:'), {});
  assert.equal([...(await reader.holders(['slot:boris:2', 'slot:boris:1']))], [['slot:boris:2', b.actor]]);
});

test('an actor is put into quarantine once, with the first reason, and told with its head', async ({
  batcher,
  pool,
}) => {
  const log = await batcher();
  const row = newRow();
  await log.append(row);
  assert.is(await quarantine(pool, row.kind, row.actor, 'can not be folded'), true);
  assert.is(await quarantine(pool, row.kind, row.actor, 'a hole'), false);
  const listed = await listQuarantined(pool);
  assert.equal(
    listed.map(({ kind, actor, why }) => ({ kind, actor, why })),
    [{ kind: row.kind, actor: row.actor, why: 'can not be folded' }],
  );
  assert.instance(listed[0]?.since, Date);
  assert.ok((await new LogReader(pool).heads([row]))[0]?.quarantined);
});
