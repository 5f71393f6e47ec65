import * as assert from 'uvu/assert';
import type { Answer, Envelope, Issuer } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { BUYER, type Command, creation, PRICED, STARTED, SYSTEM, signed, type Works, withWorks } from './works.ts';

const test = spec('repeats over three nodes', withWorks(), { deadlineMs: 30_000 });

/** Ten at once, over all nodes. */
const tenTimes = (works: Works, envelope: Envelope): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 10 }, (_, i) => works.send(envelope, works.nodes[i % works.nodes.length])));

const withoutReplay = ({ replay: _, ...answer }: Answer) => answer;

function assertOneNew(answers: readonly Answer[], what: string): void {
  assert.is(answers.filter(({ replay }) => !replay).length, 1, `${what}: exactly one is new`);
  for (const answer of answers) assert.equal(withoutReplay(answer), withoutReplay(answers[0]!), what);
}

test('each accepted command, ten times at once: one row, ten equal answers, one of them new', async (works) => {
  const [operator] = await works.crew(1);
  const created = creation({ reference: 'PO 1' });
  const of = (issuer: Issuer, command: Command): Envelope => signed('order', created.actor, issuer, command);
  const story = [
    created,
    of(BUYER, { type: 'submit' }),
    of(SYSTEM, STARTED),
    of(SYSTEM, PRICED),
    of(BUYER, { type: 'approve', priceVersion: 1 }),
    of(operator!, { type: 'capture', epoch: 0 }),
    of(operator!, { type: 'release', epoch: 1 }),
    of(operator!, { type: 'capture', epoch: 2 }),
    of(operator!, { type: 'start', epoch: 3 }),
    of(operator!, { type: 'complete', epoch: 3 }),
    of(BUYER, { type: 'request-cancel', reason: 'changed-mind' }),
  ];
  for (const [i, envelope] of story.entries()) {
    const answers = await tenTimes(works, envelope);
    assert.ok(
      answers.every((answer) => answer.ok && answer.version === i + 1),
      `${envelope.command.type}: ${JSON.stringify(answers.find(({ ok }) => !ok))}`,
    );
    assertOneNew(answers, envelope.command.type);
  }
  for (const [i, envelope] of story.entries()) {
    const late = await works.must(works.send(envelope));
    assert.equal([late.replay, late.version], [true, i + 1], `late ${envelope.command.type}`);
  }
  await works.check();
});

test('each refused command, ten times at once: ten equal answers, one of them new', async (works) => {
  const [anna, bert] = await works.crew(2);
  const [actor] = await works.orders(1);
  await works.must(works.order(actor!, anna!, { type: 'capture', epoch: 0 }));
  const refused: [string, Envelope][] = [
    ['already_captured', signed('order', actor!, bert!, { type: 'capture', epoch: 0 })],
    ['already_captured', signed('order', actor!, anna!, { type: 'capture', epoch: 1 })],
    ['not_holder', signed('order', actor!, bert!, { type: 'start', epoch: 1 })],
    ['stale_epoch', signed('order', actor!, anna!, { type: 'start', epoch: 7 })],
    ['wrong_status', signed('order', actor!, anna!, { type: 'complete', epoch: 1 })],
    ['wrong_status', signed('order', actor!, BUYER, { type: 'submit' })],
  ];
  for (const [code, envelope] of refused) {
    const answers = await tenTimes(works, envelope);
    for (const answer of answers) assert.is(answer.ok ? 'ok' : answer.code, code);
    assertOneNew(answers, code);
  }
  await works.check();
});

test('each command without effect, ten times at once: ten equal answers, one of them new', async (works) => {
  const [operator] = await works.crew(1);
  const again = signed('operator', operator!.id, operator!, { type: 'start-shift' });
  const answers = await tenTimes(works, again);
  assert.ok(answers.every(({ ok }) => ok));
  assertOneNew(answers, 'start-shift');
  await works.must(works.send(signed('operator', operator!.id, operator!, { type: 'end-shift' })));
  const late = await works.must(works.send(again));
  assert.equal([late.replay, late.version], [true, 2], 'it does not start a shift now');
  await works.check();
});

test('a late repeat of a refused capture does not capture, remembered or forgotten', async (works) => {
  const [anna, bert] = await works.crew(2);
  const [actor] = await works.orders(1);
  await works.must(works.order(actor!, anna!, { type: 'capture', epoch: 0 }));
  const refused = signed('order', actor!, bert!, { type: 'capture', epoch: 0 });
  const first = await works.send(refused);
  await works.must(works.order(actor!, anna!, { type: 'release', epoch: 1 }));
  const remembered = await works.send(refused);
  assert.equal(
    [first, remembered].map((answer) => answer.ok || answer.code),
    ['already_captured', 'already_captured'],
  );
  await works.redis.flushall();
  const forgotten = await works.send(refused);
  assert.is(forgotten.ok || forgotten.code, 'stale_epoch');
  await works.check();
});

test('one id for two commands is told, on every node, before and after Redis forgot', async (works) => {
  const [anna] = await works.crew(1);
  const [actor] = await works.orders(1);
  const captured = signed('order', actor!, anna!, { type: 'capture', epoch: 0 });
  await works.must(works.send(captured));
  const other = signed('order', actor!, anna!, { type: 'start', epoch: 1 }, { id: captured.commandId });
  const again = async (): Promise<string[]> =>
    Promise.all(works.nodes.map(async ({ runtime }) => runtime.send(other))).then((answers) =>
      answers.map((answer) => (answer.ok ? 'ok' : answer.code)),
    );
  assert.equal(await again(), Array(3).fill('idempotency_key_reused'));
  await works.redis.flushall();
  assert.equal(await again(), Array(3).fill('idempotency_key_reused'));
  await works.check();
});

test('an expected version counts for the first time only: the repeat is a repeat', async (works) => {
  const [anna] = await works.crew(1);
  const [actor] = await works.orders(1);
  const captured = signed('order', actor!, anna!, { type: 'capture', epoch: 0 }, { expectedVersion: 5 });
  const answers = await tenTimes(works, captured);
  assertOneNew(answers, 'capture');
  const changed = await works.order(actor!, anna!, { type: 'start', epoch: 1 }, { expectedVersion: 5 });
  assert.is(changed.ok || changed.code, 'version_changed');
  await works.check();
});
