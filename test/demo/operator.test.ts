import * as assert from 'uvu/assert';
import { capacityOf, type Desk, operatorAct } from '../../demo/decide/operator.ts';
import type { Card } from '../../gateways/contract/card.ts';
import { spec } from '../_kit/spec.ts';
import { ago, cardOf, heldBy, MANY, NOW, REASONS } from './things.ts';

const test = spec('an operator of the demo');

const desk = (cards: readonly Card[], more: Partial<Desk> = {}): Desk => ({
  ...{ me: 'anna', cards, mates: ['ivan'], reasons: REASONS, avoids: () => false, now: NOW, pace: 1 },
  ...more,
});

const typeOf = (cards: readonly Card[], more: Partial<Desk> = {}) => operatorAct(desk(cards, more))?.type;

test('takes what is most urgent, by the epoch on its card, once a person would have seen it', () => {
  const cards = [1, 2, 3, 4].map((n) => cardOf(`free-${n}`, 60, { priority: n, epoch: n }));
  assert.equal(operatorAct(desk(cards)), { order: 'free-4', version: 7, type: 'capture', fields: { epoch: 4 } });
  assert.is(typeOf(MANY.map((order) => cardOf(order, 1))), undefined, 'nobody is so fast');
});

test('leaves the last two free cards to people for a while, but not for ever', () => {
  const cold = MANY.slice(0, 50);
  const soon = cold.filter((order) => typeOf([cardOf(order, 20)]) === 'capture');
  assert.ok(soon.length < 12, `${soon.length} of 50 were taken at once`);
  for (const order of cold) assert.is(typeOf([cardOf(order, 46)]), 'capture');
});

test('never touches what somebody else holds, what is stopped, or what it is to leave alone', () => {
  for (const order of MANY) {
    assert.is(typeOf([cardOf(order, 999, heldBy('olga', 999))]), undefined);
    const by = { id: 'victor', role: 'supervisor' };
    assert.is(typeOf([cardOf(order, 999, { hold: { reason: 'quality', by, since: ago(999) } })]), undefined);
    const stopped = { ...heldBy('anna', 999), hold: { reason: 'quality', by, since: ago(999) } };
    assert.is(typeOf([cardOf(order, 999, stopped)]), undefined, 'also of its own');
    assert.is(typeOf([cardOf(order, 999)], { avoids: () => true }), undefined);
  }
});

test('holds no more than two or three', () => {
  const most = capacityOf('anna');
  assert.ok(most === 2 || most === 3);
  const held = Array.from({ length: most }, (_, i) => cardOf(`mine-${i}`, 0, heldBy('anna', 0)));
  assert.is(typeOf([...held.slice(1), cardOf('free', 99)]), 'capture');
  assert.is(typeOf([...held, cardOf('free', 99)]), undefined);
});

test('starts and completes what it holds; a few it gives back, stops for a while or offers to a mate', () => {
  const approved = MANY.map((order) => typeOf([cardOf(order, 99, heldBy('anna', 99))]));
  assert.equal(new Set(approved), new Set(['start', 'release']));
  const started = { ...heldBy('anna', 99), status: 'MANUFACTURING_STARTED' } as const;
  const making = MANY.map((order) => typeOf([cardOf(order, 99, started)]));
  assert.equal(new Set(making), new Set(['complete', 'hold', 'hand-over']));
  assert.ok(making.filter((type) => type === 'complete').length > 480);
  assert.ok(!MANY.some((order) => typeOf([cardOf(order, 99, started)], { mates: [] }) === 'hand-over'));
  const alone = MANY.map((order) => typeOf([cardOf(order, 99, started)], { mates: [] }));
  assert.equal(new Set(alone), new Set(['complete', 'hold']), 'without a mate it makes them itself');
});

test('resumes what it stopped itself', () => {
  const hold = { reason: 'machine-down', by: { id: 'anna' }, since: ago(30) };
  const mine = { ...heldBy('anna', 30), status: 'MANUFACTURING_STARTED', hold } as const;
  assert.is(typeOf([cardOf('x', 30, mine)]), 'resume');
});

test('answers who wants to cancel, and whoever offers it an order', () => {
  const cancellation = { by: { role: 'buyer' }, reason: 'too-late', at: ago(30), deadline: ago(-900) };
  const asked = { ...heldBy('anna', 30), status: 'MANUFACTURING_STARTED', cancellation } as const;
  const answers = MANY.map((order) => typeOf([cardOf(order, 30, asked)]));
  assert.equal(new Set(answers), new Set(['accept-cancel', 'refuse-cancel']));
  const handOver = { to: { id: 'anna', name: 'Anna' }, by: { id: 'olga' }, at: ago(10), deadline: ago(-900) };
  const offered = cardOf('offered', 10, { ...heldBy('olga', 10), handOver });
  assert.is(typeOf([offered]), 'accept-hand-over');
  const full = [1, 2, 3, 4].map((n) => cardOf(`mine-${n}`, 0, heldBy('anna', 0)));
  assert.is(typeOf([...full, offered]), 'decline-hand-over');
});

test('is twice as fast at twice the pace, and decides alike whenever it is asked', () => {
  const cards = MANY.slice(0, 40).map((order) => cardOf(order, 8));
  assert.equal(operatorAct(desk(cards)), operatorAct(desk(cards)));
  assert.is(typeOf([cardOf('x', 23)], { pace: 2 }), 'capture');
  assert.is(typeOf([cardOf('x', 23)], { pace: 0.5 }), undefined);
});
