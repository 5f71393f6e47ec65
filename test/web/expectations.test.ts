import * as assert from 'uvu/assert';
import type { Card } from '../../gateways/contract/card.ts';
import type { ActionType } from '../../web/board/actions.ts';
import { expected } from '../../web/board/expected.ts';
import type { Expected } from '../../web/client/board-expectations.ts';
import { BoardPicture } from '../../web/client/board-picture.ts';
import { spec } from '../_kit/spec.ts';
import { at, card as exampleCard } from './example-card.ts';

const AT = at(0);
const ME = { id: 'me', name: 'Ivan' };
const card = (version: number, change: Partial<Card> = {}): Card =>
  exampleCard('o', { version, capture: { operator: ME, since: AT }, ...change });

const picture = (...cards: readonly Card[]): BoardPicture => {
  const made = new BoardPicture();
  for (const one of cards) made.card(one);
  made.takeChanged();
  return made;
};
const after = (type: ActionType, fields: object = {}): Expected | undefined =>
  expected(type, { ...fields }, ME, Date.parse(AT));
const stands = (of: BoardPicture): string => {
  const { status, lane, hold, priority } = of.shown('o') ?? {};
  return [status, lane, hold?.reason, priority].join(' ');
};
const STARTED = { status: 'MANUFACTURING_STARTED' } as const;
const MADE = { status: 'MANUFACTURING_COMPLETED', lane: 'made', capture: null } as const;

const test = spec('what somebody who has acted expects');

test('is shown until the version of the answer takes its place', () => {
  const board = picture(card(4));
  const started = board.expect('o', after('start')!);
  assert.is(stands(board), 'MANUFACTURING_STARTED in_work  0');
  assert.equal([...board.takeChanged()], ['o']);
  assert.is(board.places.get('o')?.card?.status, 'MANUFACTURING_APPROVED', 'what is known is as it was');
  started.done(5);
  assert.is(stands(board), 'MANUFACTURING_STARTED in_work  0', 'the answer alone brings no card');
  board.card(card(5, { ...STARTED, priority: 2 }));
  assert.is(stands(board), 'MANUFACTURING_STARTED in_work  2');
  board.card(card(6));
  assert.is(stands(board), 'MANUFACTURING_APPROVED in_work  0', 'it says nothing of later versions');
});

test('is over at once when the frame came before the answer', () => {
  const board = picture(card(4));
  const made = board.expect('o', () => card(4, { priority: 3 }));
  board.card(card(5, MADE));
  assert.is(board.shown('o')?.priority, 3);
  board.takeChanged();
  made.done(5);
  assert.is(stands(board), 'MANUFACTURING_COMPLETED made  0');
  assert.equal([...board.takeChanged()], ['o']);
});

test('is taken back at once by a refusal', () => {
  const board = picture(card(4, STARTED));
  const made = board.expect('o', after('complete')!);
  assert.is(stands(board), 'MANUFACTURING_COMPLETED made  0');
  board.takeChanged();
  made.end();
  assert.is(stands(board), 'MANUFACTURING_STARTED in_work  0');
  assert.equal([...board.takeChanged()], ['o']);
});

test('goes on over what others change meanwhile, unless it makes no sense any more', () => {
  const board = picture(card(4));
  const started = board.expect('o', after('start')!);
  board.card(card(5, { priority: 3 }));
  assert.is(stands(board), 'MANUFACTURING_STARTED in_work  3');
  board.card(card(6, { capture: { operator: { id: 'another', name: 'Anna' }, since: AT }, epoch: 2 }));
  assert.is(stands(board), 'MANUFACTURING_APPROVED in_work  0');
  started.end();
});

test('builds on what was done before it, and only that goes back which was refused', () => {
  const board = picture(card(4));
  const started = board.expect('o', after('start')!);
  const made = board.expect('o', after('complete')!);
  assert.is(stands(board), 'MANUFACTURING_COMPLETED made  0');
  started.done(5);
  board.card(card(5, STARTED));
  assert.is(stands(board), 'MANUFACTURING_COMPLETED made  0');
  made.end();
  assert.is(stands(board), 'MANUFACTURING_STARTED in_work  0');
});

test('does not bring back an order that has left the board', () => {
  const board = picture(card(4));
  board.expect('o', after('start')!);
  board.opening();
  const lanes = { items: [], count: 0, next: null };
  const counts = { new: 0, in_work: 0, made: 0 };
  const none = { people: {}, usual: {}, graceMs: 1, counts, lanes: { new: lanes, in_work: lanes, made: lanes } };
  board.snapshot({ ok: true, mode: 'snapshot', epoch: 'a', at: '5-0', ...none });
  board.ready({ site: 'north', epoch: 'a', at: '5-0', digest: '' });
  assert.is(board.shown('o'), undefined);
});

test('is shown of what the holder alone may do: start, complete, pause, and no capture', () => {
  const types: readonly ActionType[] = ['capture', 'release', 'hand-over', 'move', 'ship', 'accept-cancel'];
  for (const type of types) assert.is(after(type), undefined, type);
  assert.is(expected('start', {}, undefined, 0), undefined, 'nobody is signed in');
  const paused = after('hold', { reason: 'machine-down' })!(card(4, STARTED));
  assert.equal(paused?.hold, { reason: 'machine-down', by: { role: 'operator', ...ME }, since: AT });
  assert.is(after('resume')!(paused!)?.hold, null);
  assert.is(after('resume')!(card(4, { hold: { reason: 'x', by: { role: 'crm' }, since: AT } })), undefined);
  const others = card(4, { capture: { operator: { id: 'another', name: 'Anna' }, since: AT } });
  for (const type of ['start', 'complete', 'hold', 'resume'] as const)
    assert.is(after(type, { reason: 'x' })!(others), undefined, `${type} of another’s`);
  for (const change of [
    { hold: paused!.hold },
    { cancellation: { by: { role: 'buyer' }, reason: 'x', at: AT, deadline: AT } },
  ] as const) {
    assert.is(after('start')!(card(4, change)), undefined, 'what may be refused is not shown');
    assert.is(after('complete')!(card(4, { ...STARTED, ...change })), undefined);
  }
});
