import * as assert from 'uvu/assert';
import type { Nack } from '../../gateways/contract/live.ts';
import { REFUSALS } from '../../gateways/contract/problem.ts';
import type { ActionType } from '../../web/board/actions.ts';
import { refusalBand } from '../../web/board/refusal-band.ts';
import { actText } from '../../web/text/acts.ts';
import { spec } from '../_kit/spec.ts';
import { card } from './example-card.ts';

const test = spec('refusals in words');
/** The shop's and the partners'; no card comes to them. */
const ELSEWHERE = ['price_expired', 'price_changed', 'reference_taken'];
const TYPES = Object.keys(actText.actions) as ActionType[];
const ivan = { id: 'i', name: 'Ivan' };
const CARD = card('o');
const band = (type: ActionType, code: string, details: object = {}) =>
  refusalBand(CARD, type, { ok: false, code, ...details } as Nack, 0);

test('every refusal of every action has words of its own, and keeps its code', () => {
  for (const type of TYPES) {
    for (const code of REFUSALS.filter((one) => !ELSEWHERE.includes(one))) {
      const { title, code: kept } = band(type, code, { holder: ivan, since: CARD.updatedAt, what: 'hold', limit: 3 });
      assert.is(kept, code);
      assert.not.match(title, /did not work|undefined|NaN/, `${type} ${code}: ${title}`);
    }
  }
});

test('what was asked of a colleague is refused in words about the colleague', () => {
  assert.is(band('capture', 'off_shift').title, 'You are off shift');
  assert.is(band('hand-over', 'off_shift').title, 'They are off shift now');
});

test('only a lost capture is news of a race', () => {
  assert.is(band('capture', 'already_captured', { holder: ivan }).tone, 'info');
  assert.is(band('move', 'already_captured', { holder: ivan }).title, 'Ivan holds it now');
});

test('a race is told by how much it was lost; who came while my press waited for a line did not win one', () => {
  const lost = (since: number) =>
    band('capture', 'already_captured', { holder: ivan, since: new Date(since).toISOString() }).title;
  assert.is(lost(-2_500), 'Ivan took it 2.5 s earlier');
  assert.is(lost(300), 'Ivan took it less than 0.1 s earlier', 'clocks differ by so much');
  assert.is(lost(20_000), 'Ivan took it');
});

test('a field that does not fit is named', () => {
  const errors = [{ path: '/site', rule: 'does not make these settings' }];
  assert.is(band('move', 'invalid', { errors }).title, 'That site does not make this');
});
