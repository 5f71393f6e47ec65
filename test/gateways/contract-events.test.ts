import * as assert from 'uvu/assert';
import type { Asks, Tells } from '../../gateways/contract/live.ts';
import { MESSAGES } from '../../gateways/contract/messages.ts';
import { spec } from '../_kit/spec.ts';

/** The compiler sees to it that these are all events of the types, and no others. */
const ASKS: Readonly<Record<keyof Asks, true>> = {
  'board:open': true,
  'board:page': true,
  'board:digest': true,
  'board:close': true,
  command: true,
  track: true,
  untrack: true,
  'session:renew': true,
};
const TELLS: Readonly<Record<keyof Tells, true>> = {
  'board:frame': true,
  'board:part': true,
  'board:ready': true,
  'board:resync': true,
  you: true,
  'order:changed': true,
  'track:ended': true,
  'price:progress': true,
  'server:drain': true,
};

const test = spec('types of events');

test('what clients ask and what the server tells are the described messages, all of them', () => {
  const described = (from: 'client' | 'server'): string[] =>
    MESSAGES.filter((message) => message.from === from).map(({ event }) => event);
  assert.equal(Object.keys(ASKS).sort(), described('client').sort());
  assert.equal(Object.keys(TELLS).sort(), described('server').sort());
});
