import { randomUUID } from 'node:crypto';
import { setImmediate as tick } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { NewRow } from '../../src/log/rows.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { codeOrResult } from './codes.ts';
import { newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

const test = spec('a row that fails', withOpenLog, { deadlineMs: 20_000 });

const among = (bad: NewRow): NewRow[] => [
  ...Array.from({ length: 20 }, () => newRow()),
  bad,
  ...Array.from({ length: 20 }, () => newRow()),
];

const badRows: [string, Partial<NewRow>][] = [
  ['a time that is none', { at: 'soon' }],
  ['an id that is none', { commandId: 'no-uuid' }],
  ['an actor that is none', { actor: 'no-uuid' }],
  ['a base at version 1', { base: randomUUID() }],
  ['a job without a kind', { jobs: [{ id: randomUUID(), kind: undefined as unknown as string, payload: {} }] }],
  ['no state', { after: undefined }],
];
for (const [what, bad] of badRows) {
  test(`harms none of those beside it: ${what}`, async ({ batcher, see, reports }) => {
    const log = await batcher();
    const rows = among(newRow(bad));
    const answers = await Promise.all(rows.map((row) => codeOrResult(log.append(row))));
    assert.equal(
      answers.filter((answer) => answer !== 'won'),
      ['bad_row'],
    );
    assert.is(answers[20], 'bad_row');
    assert.is((await see('select from actor_log')).length, 40);
    assert.equal(
      reports.map((report) => report.what),
      ['append_bad_row'],
    );
  });
}

test('before it is sent is told alone, and nothing of it is kept', async ({ batcher, see }) => {
  const log = await batcher();
  const rows = among(newRow({ after: { note: 'a\u0000b' } }));
  const answers = await Promise.all(rows.map((row) => codeOrResult(log.append(row))));
  assert.equal(
    answers.filter((answer) => answer !== 'won'),
    ['bad_row'],
  );
  assert.is((await see('select from actor_log')).length, 40);
});

test('by breaking the connection every time is unavailable in the end; the others win', async (open) => {
  const { batcher, see } = open;
  await see(`create function break_it() returns trigger language plpgsql security definer as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
  await see(`create trigger break_it before insert on actor_log for each row when (new.trace = 'poison')
    execute function break_it()`);
  const log = await batcher({ commandMs: 12_000 });
  const rows = among(newRow({ trace: 'poison' }));
  const answers = await Promise.all(rows.map((row) => codeOrResult(log.append(row))));
  assert.is(answers[20], 'unavailable');
  assert.is(answers.filter((answer) => answer === 'won' || answer === 'mine').length, 40);
  assert.is((await see('select from actor_log')).length, 40);
  assert.is(await codeOrResult(log.append(newRow())), 'won');
});

test('by waiting too long for a lock is tried again until its time is over; the others go on', async (open) => {
  const log = await open.batcher({ commandMs: 8_000 });
  const holders = ['a', 'b'].map((name) => newRow({ takes: [name] }));
  for (const holder of holders) await log.append(holder);
  const lock = async (name: string) => {
    const session = await open.session();
    await session.query('begin');
    await session.query('select from claims where name = $1 for update', [name]);
    return session;
  };
  const [short] = [await lock('a'), await lock('b')];
  const [soon, never] = holders.map((holder) => codeOrResult(log.append(next(holder, { frees: holder.takes }))));
  await tick();
  const others = Array.from({ length: 40 }, () => codeOrResult(log.append(newRow())));
  await until('one lock was waited for in vain', async () => log.size <= 2);
  await short!.query('commit');
  assert.is(await soon, 'won');
  assert.is(await never, 'unavailable');
  assert.ok((await Promise.all(others)).every((answer) => answer === 'won'));
});

test('because too many wait is overloaded at once', async ({ batcher }) => {
  const log = await batcher({ queueLimit: 10 });
  const answers = await Promise.all(Array.from({ length: 30 }, () => codeOrResult(log.append(newRow()))));
  assert.is(answers.filter((answer) => answer === 'won').length, 10);
  assert.is(answers.filter((answer) => answer === 'overloaded').length, 20);
  assert.is(await codeOrResult(log.append(newRow())), 'won');
});

test('on a batcher that closes: those it has are answered, new ones are unavailable', async ({ batcher }) => {
  const log = await batcher();
  const before = Array.from({ length: 100 }, () => codeOrResult(log.append(newRow())));
  const closed = log.close();
  assert.is(await codeOrResult(log.append(newRow())), 'unavailable');
  await closed;
  assert.ok((await Promise.all(before)).every((answer) => answer === 'won'));
});
