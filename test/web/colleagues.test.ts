/** Whom an order may be handed over to: nobody changes places under the finger. */
import * as assert from 'uvu/assert';
import type { Operator } from '../../gateways/contract/operator.ts';
import { type Colleague, colleaguesOf } from '../../web/board/colleagues.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('colleagues to hand over to');
const person = (name: string, held: number, more: Partial<Operator> = {}): Operator => ({
  id: name,
  name,
  site: 'north',
  onShift: true,
  present: true,
  held,
  limit: 3,
  skills: ['gold'],
  ...more,
});
const card = { capture: null, material: 'gold' };
const told = (rows: readonly Colleague[]): string =>
  rows.map(({ person: { name, held }, able }) => `${name} ${held}${able ? '' : ' no'}`).join(', ');

const first = colleaguesOf(
  [],
  [
    person('Anna', 2),
    person('Boris', 0, { present: false }),
    person('Clara', 1),
    person('Dora', 0, { onShift: false }),
    person('Emil', 0, { skills: ['steel'] }),
  ],
  card,
);

test('the free ones are first, and only those who may take it', () => {
  assert.is(told(first), 'Clara 1, Anna 2, Boris 0');
});

test('a later reading changes what is said of them and not their places; who comes is last', () => {
  const crew = [person('Fred', 0), person('Anna', 0), person('Boris', 0), person('Clara', 3)];
  assert.is(told(colleaguesOf(first, crew, card)), 'Clara 3, Anna 0, Boris 0, Fred 0');
});

test('who can’t take it any more stays in place and can’t be chosen, until that changes again', () => {
  const gone = colleaguesOf(first, [person('Anna', 2, { onShift: false }), person('Boris', 0)], card);
  assert.is(told(gone), 'Clara 1 no, Anna 2 no, Boris 0');
  assert.is(told(colleaguesOf(gone, [person('Anna', 2), person('Boris', 0)], card)), 'Clara 1 no, Anna 2, Boris 0');
});
