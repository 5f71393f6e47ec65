import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { Confirmer } from '../../src/log/confirm.ts';
import { quarantine } from '../../src/log/quarantine.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { newRow, next } from './new-row.ts';
import { type OpenLog, withOpenLog } from './open-log.ts';

interface Open extends OpenLog {
  readonly confirmer: Confirmer;
}

const withConfirmer: Fixture<Open> = (lend, title) =>
  withOpenLog(async (open) => {
    const confirmer = new Confirmer({ url: open.database.url, name: 'test confirm' });
    try {
      await lend({ ...open, confirmer });
    } finally {
      await confirmer.close();
    }
  }, title);

const test = spec('confirming a refusal', withConfirmer);

test('of an actor that does not exist: version 0, nothing else', async ({ confirmer }) => {
  const answer = await confirmer.ask({ kind: 'order', actor: randomUUID(), version: 0, ids: [randomUUID()] });
  assert.equal(answer, { version: 0, commandId: null, head: undefined, mine: new Map(), quarantined: false });
});

test('on the head: its version and command, no state', async ({ confirmer, batcher }) => {
  const log = await batcher();
  const row = newRow();
  await log.append(row);
  const { kind, actor } = row;
  const answer = await confirmer.ask({ kind, actor, version: 1, ids: [] });
  assert.equal(answer, { version: 1, commandId: row.commandId, head: undefined, mine: new Map(), quarantined: false });
});

test('on an older or a newer version: the head with its state', async ({ confirmer, batcher }) => {
  const log = await batcher();
  const first = newRow();
  const second = next(first, { after: { status: 'B' }, stateVersion: 2 });
  await log.append(first);
  await log.append(second);
  for (const version of [0, 1, 3]) {
    const { head } = await confirmer.ask({ kind: 'order', actor: first.actor, version, ids: [] });
    assert.equal(head, {
      version: 2,
      commandId: second.commandId,
      after: { status: 'B' },
      stateVersion: 2,
      quarantined: false,
    });
  }
});

test('with command ids: those that stand in this actor’s log, with what they led to', async ({
  confirmer,
  batcher,
}) => {
  const log = await batcher();
  const first = newRow({ hash: 'h1', after: { status: 'A' } });
  const second = next(first, { hash: 'h2', after: { status: 'B' } });
  const foreign = newRow();
  for (const row of [first, second, foreign]) await log.append(row);
  const ids = [first.commandId, randomUUID(), second.commandId, foreign.commandId];
  const { mine, version } = await confirmer.ask({ kind: 'order', actor: first.actor, version: 2, ids });
  assert.is(version, 2);
  assert.equal(
    [...mine].sort(([, a], [, b]) => a.version - b.version),
    [
      [first.commandId, { version: 1, hash: 'h1', after: { status: 'A' }, stateVersion: 1 }],
      [second.commandId, { version: 2, hash: 'h2', after: { status: 'B' }, stateVersion: 1 }],
    ],
  );
});

test('tells a quarantined actor', async ({ confirmer, pool }) => {
  const actor = randomUUID();
  await quarantine(pool, 'order', actor, 'a hole before version 7');
  assert.ok((await confirmer.ask({ kind: 'order', actor, version: 0, ids: [] })).quarantined);
  assert.not((await confirmer.ask({ kind: 'operator', actor, version: 0, ids: [] })).quarantined);
});

test('of many in one tick is few statements, and each gets its own answer', async ({ confirmer, batcher, see }) => {
  const log = await batcher();
  const rows = Array.from({ length: 100 }, () => newRow());
  await Promise.all(rows.map((row) => log.append(row)));
  await confirmer.ask({ kind: 'order', actor: randomUUID(), version: 0, ids: [] });
  const answers = await Promise.all(
    rows.map(({ kind, actor, commandId }) => confirmer.ask({ kind, actor, version: 1, ids: [commandId] })),
  );
  answers.forEach(({ commandId, mine }, i) => {
    assert.is(commandId, rows[i]!.commandId);
    assert.equal([...mine.keys()], [rows[i]!.commandId]);
  });
  const used = await see(
    "select from pg_stat_activity where application_name = 'test confirm' and datname = current_database()",
  );
  assert.is(used.length, 1, 'one statement after another needs one connection');
});

test('is unavailable when Postgres is, never a wrong answer', async ({ database }) => {
  const url = new URL(database.url);
  url.port = '1';
  const away = new Confirmer({ url: url.href, name: 'test away' });
  const code = await away
    .ask({ kind: 'order', actor: randomUUID(), version: 0, ids: [] })
    .then(() => 'answered', codeOf);
  assert.is(code, 'unavailable');
  await away.close();
});
