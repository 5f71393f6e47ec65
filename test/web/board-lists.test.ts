import * as assert from 'uvu/assert';
import type { Card } from '../../gateways/contract/card.ts';
import { firstAlarm, listOf, nextBest } from '../../web/board/lists.ts';
import { spec } from '../_kit/spec.ts';
import { at, capturedBy, card, T0 } from './example-card.ts';

const test = spec('lists of the board');
const asked = { by: {}, reason: 'changed-mind', at: at(0), deadline: at(60_000) };
const by = { me: 'me', alone: (capture: Card['capture']) => capture?.operator.id === 'gone' };

test('what others hold is set apart when its holder has gone, and when it is offered to me', () => {
  assert.is(listOf(card('a'), by), 'others');
  assert.is(listOf(card('a', { capture: capturedBy('me') }), by), 'mine');
  assert.is(listOf(card('a', { capture: capturedBy('gone') }), by), 'alone');
  assert.is(listOf(card('a', { capture: null }), by), 'free');
  const handOver = { to: { id: 'me', name: 'Me' }, by: {}, at: at(0), deadline: at(60_000) };
  assert.is(listOf(card('a', { capture: capturedBy('gone'), handOver }), by), 'offered');
  assert.is(listOf(card('a', { handOver: { ...handOver, to: { id: 'anna', name: 'Anna' } } }), by), 'others');
});

test('the next best order is the most urgent that I can take', () => {
  const fresh = [
    card('held', { hold: { reason: 'quality', by: {}, since: at(0) } }),
    card('gold', { material: 'gold-585' }),
    card('brass'),
  ];
  assert.is(nextBest(fresh, undefined)?.order, 'gold');
  assert.is(nextBest(fresh, ['brass'])?.order, 'brass');
  assert.is(nextBest(fresh, []), undefined);
});

test('the first alarm is my cancellation, then others’, then what is unattended, then what is late', () => {
  const late = card('late', { due: at(-1) });
  const alone = card('alone', { capture: capturedBy('gone') });
  const theirs = card('theirs', { cancellation: asked });
  const mine = card('mine', { cancellation: asked, capture: capturedBy('me') });
  const first = (...cards: Card[]) => firstAlarm(cards, T0, by)?.order;
  assert.is(first(card('calm'), late, alone, theirs, mine), 'mine');
  assert.is(first(late, alone, theirs), 'theirs');
  assert.is(first(late, alone), 'alone');
  assert.is(first(card('calm'), late), 'late');
  assert.is(first(card('calm')), undefined);
});
