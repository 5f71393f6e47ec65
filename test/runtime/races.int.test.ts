import * as assert from 'uvu/assert';
import { slotPrefix } from '../../actors/order/claims.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { spec } from '../_kit/spec.ts';
import { someOrderExplains } from './explains.ts';
import { BUYER, creation, signed, withWorks } from './works.ts';

const test = spec('races over three nodes', withWorks(), { deadlineMs: 30_000 });

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

test('of 200 captures of one order one wins, and the others are told who has it', async (works) => {
  const crew = await works.crew(40);
  for (const actor of await works.orders(4)) {
    const answers = await Promise.all(
      times(200, (i) => works.order(actor, crew[i % 40]!, { type: 'capture', epoch: 0 })),
    );
    const { state, version } = await works.stateOf(actor);
    const winners = answers.filter((answer) => answer.ok);
    assert.is(winners.length, 1);
    assert.equal([winners[0]!.version, version, state.epoch], [6, 6, 1]);
    const holder = { id: (winners[0]!.state as OrderState).capture!.operator };
    for (const answer of answers) {
      if (answer.ok) continue;
      assert.is(answer.code, 'already_captured');
      assert.equal(answer.details, { holder, since: state.capture!.since, epoch: 1 });
    }
    await works.must(works.order(actor, crew.find(({ id }) => id === holder.id)!, { type: 'release', epoch: 1 }));
  }
  await works.check();
});

test('an operator at the limit stays at it, and gets his places again', async (works) => {
  const [operator] = await works.crew(1, 3);
  const orders = await works.orders(12);
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(
      orders.map((actor) => works.order(actor, operator!, { type: 'capture', epoch: round * 2 })),
    );
    const won = orders.filter((_, i) => answers[i]!.ok);
    assert.is(won.length, 3, `round ${round}`);
    for (const answer of answers) if (!answer.ok) assert.is(answer.code, 'wip_limit');
    assert.equal(new Set((await works.claims(slotPrefix(operator!.id))).values()), new Set(won));
    await Promise.all(
      won.map((actor) => works.must(works.order(actor, operator!, { type: 'release', epoch: round * 2 + 1 }))),
    );
    // the same epoch for all in the next round
    const rest = orders.filter((actor) => !won.includes(actor));
    for (const actor of rest) {
      await works.must(works.order(actor, operator!, { type: 'capture', epoch: round * 2 }));
      await works.must(works.order(actor, operator!, { type: 'release', epoch: round * 2 + 1 }));
    }
    assert.is((await works.claims(slotPrefix(operator!.id))).size, 0);
  }
  await works.check();
});

test('operators at their limits, all after all orders', async (works) => {
  const crew = await works.crew(6, 2);
  const orders = await works.orders(20);
  const sent = orders.flatMap((actor) => crew.map((who) => works.order(actor, who, { type: 'capture', epoch: 0 })));
  const answers = await Promise.all(sent);
  assert.is(answers.filter(({ ok }) => ok).length, 12);
  for (const { id } of crew) assert.is((await works.claims(slotPrefix(id))).size, 2);
  for (const answer of answers) if (!answer.ok) assert.ok(['already_captured', 'wip_limit'].includes(answer.code));
  await works.check();
});

test('a reference is given once, whoever creates with it at the same moment', async (works) => {
  const creations = times(30, () => creation({ reference: 'PO 4711' }));
  const answers = await Promise.all(creations.map((envelope) => works.send(envelope)));
  const winner = creations.find((_, i) => answers[i]!.ok);
  for (const answer of answers) {
    if (answer.ok) continue;
    assert.is(answer.code, 'reference_taken');
    assert.equal(answer.details, { order: winner!.actor });
  }
  assert.is(answers.filter(({ ok }) => ok).length, 1);
  await works.check();
});

test('capture, start, complete and the next order, sent without waiting, are done in that order', async (works) => {
  const [operator] = await works.crew(1);
  const orders = await works.orders(5);
  const answers = await Promise.all(
    orders.flatMap((actor, i) =>
      (['capture', 'start', 'complete'] as const).map((type) =>
        works.order(actor, operator!, { type, epoch: type === 'capture' ? 0 : 1 }, {}, works.nodes[i % 3]),
      ),
    ),
  );
  assert.ok(answers.every(({ ok }) => ok));
  await works.check();
});

test('holder, others and the buyer at once: some order of their commands explains all answers', async (works) => {
  const [anna, bert, carl] = await works.crew(3, 50);
  for (const actor of await works.orders(12)) {
    await works.must(works.order(actor, anna!, { type: 'capture', epoch: 0 }));
    const { state } = await works.stateOf(actor);
    const envelopes = [
      signed('order', actor, anna!, { type: 'release', epoch: 1 }),
      signed('order', actor, bert!, { type: 'capture', epoch: 2 }),
      signed('order', actor, carl!, { type: 'capture', epoch: 2 }),
      signed('order', actor, anna!, { type: 'start', epoch: 1 }),
      signed('order', actor, bert!, { type: 'release', epoch: 3 }),
      signed('order', actor, BUYER, { type: 'request-cancel', reason: 'changed-mind' }),
    ];
    const sent = await Promise.all(
      envelopes.map(async (envelope) => ({ envelope, answer: await works.send(envelope) })),
    );
    const codes = sent.map(({ envelope, answer }) => `${envelope.command.type} ${answer.ok ? 'ok' : answer.code}`);
    assert.ok(someOrderExplains(state, sent), codes.join(', '));
  }
  await works.check();
});
