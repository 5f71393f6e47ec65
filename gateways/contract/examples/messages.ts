/** What is said over the sockets, by event. A test sends what clients send to a running product. */
import { OPERATOR_COMMANDS, ORDER_COMMANDS, offered } from '../commands.ts';
import { OPERATOR_EXAMPLES, ORDER_EXAMPLES } from './commands.ts';
import { AT, CARD, CHANGE, ID, LATER, OPERATOR, ORDER, SESSION, TAKEN } from './things.ts';

export interface MessageExample {
  readonly message: object;
  readonly ack?: object;
}

const POSITION = '1795286483305-0';
const NEXT = '1795286483512-0';
const EPOCH = '2c1062d66995590e';
const DIGEST = '4f5d1e3c7a9b8d6f0e2c4a6b8d0f1e3c5a7b9d1f3e5c7a9b0d2f4e6c8a0b1d3f';
const COUNTS = { new: 0, in_work: 1, made: 0 };
const PEOPLE = { [ID.operator]: { name: 'Olga', present: true, since: AT } };
const EMPTY = { items: [], count: 0, next: null };
const FRAME = {
  site: 'north',
  epoch: EPOCH,
  from: POSITION,
  to: NEXT,
  changes: [{ order: ID.order, version: 6, lane: 'in_work', card: CARD }],
};

/** By command, as `command` sends it. */
export const COMMAND_MESSAGES: Readonly<Record<string, MessageExample>> = Object.fromEntries([
  ...offered(ORDER_COMMANDS, 'mes').map(({ name }) => {
    const { fields = {}, after = TAKEN } = ORDER_EXAMPLES[name] ?? {};
    const message = { order: ID.order, type: name, key: `${name}-1`, ...fields };
    return [name, { message, ack: { ok: true, version: after.version, order: after, card: CARD } }];
  }),
  ...offered(OPERATOR_COMMANDS, 'mes').map(({ name }) => [
    name,
    {
      message: { operator: ID.operator, type: name, key: `${name}-1`, ...OPERATOR_EXAMPLES[name] },
      ack: { ok: true, version: 3, operator: OPERATOR },
    },
  ]),
]);

export const MESSAGE_EXAMPLES: Readonly<Record<string, readonly MessageExample[]>> = {
  'board:open': [
    {
      message: { site: 'north' },
      ack: {
        ok: true,
        mode: 'snapshot',
        epoch: EPOCH,
        at: POSITION,
        lanes: { new: EMPTY, in_work: { items: [CARD], count: 1, next: null }, made: EMPTY },
        counts: COUNTS,
        people: PEOPLE,
        graceMs: 120_000,
        usual: { MANUFACTURING_STARTED: { median: 3_600_000, p95: 18_000_000 } },
      },
    },
    {
      message: { site: 'north', resume: { epoch: EPOCH, at: POSITION } },
      ack: { ok: true, mode: 'frames', epoch: EPOCH, frames: [FRAME] },
    },
  ],
  'board:page': [
    {
      message: { site: 'north', lane: 'in_work', sort: 'urgent' },
      ack: {
        ok: true,
        epoch: EPOCH,
        at: POSITION,
        lane: 'in_work',
        sort: 'urgent',
        items: [CARD],
        next: null,
        counts: COUNTS,
        people: PEOPLE,
      },
    },
  ],
  'board:digest': [
    { message: { site: 'north' }, ack: { ok: true, epoch: EPOCH, at: POSITION, digest: DIGEST, counts: COUNTS } },
  ],
  'board:close': [{ message: { site: 'north' }, ack: { ok: true } }],
  command: Object.values(COMMAND_MESSAGES),
  track: [
    { message: { order: ID.order }, ack: { ok: true, order: ORDER, snapshot: true } },
    { message: { order: ID.order, since: 1 }, ack: { ok: true, order: ORDER, changes: [CHANGE] } },
    {
      message: { order: ID.order, token: 'sh_dG9rZW4' },
      ack: { ok: true, order: { ...ORDER, capture: { since: AT } }, snapshot: true },
    },
  ],
  untrack: [{ message: { order: ID.order }, ack: { ok: true } }],
  'session:renew': [{ message: { token: SESSION.token }, ack: { ok: true, expiresAt: LATER } }],
  'board:frame': [{ message: FRAME }],
  'board:part': [{ message: { site: 'north', epoch: EPOCH, lane: 'in_work', items: [CARD] } }],
  'board:ready': [{ message: { site: 'north', epoch: EPOCH, at: POSITION, digest: DIGEST } }],
  'board:resync': [{ message: { site: 'north', reason: 'slow' } }],
  you: [{ message: { kind: 'hand_over', order: ID.order, version: 7, deadline: LATER } }],
  'order:changed': [{ message: CHANGE }],
  'track:ended': [{ message: { order: ID.order } }],
  'price:progress': [{ message: { order: ID.order, position: 2, etaSeconds: 40, done: false } }],
  'server:drain': [{ message: { comeBackInMs: 4_200 } }],
};
