/** Messages of the sockets: what clients send (checked) and what they are answered. */
import Type, { type Static } from 'typebox';
import {
  type BoardPage,
  type Digest,
  type Frame,
  type Frames,
  type Part,
  Position,
  type Ready,
  type Resync,
  type Snapshot,
  Sort,
} from './board.ts';
import { Card, Lane } from './card.ts';
import type { Change, Tracked } from './change.ts';
import { Operator } from './operator.ts';
import { Order } from './order.ts';
import { nullable, Time, Uuid } from './shapes.ts';

const closed = { additionalProperties: false } as const;
const Site = Type.String({ minLength: 1, maxLength: 100 });
const Cursor = Type.String({ maxLength: 500 });

export const BoardOpen = Type.Object(
  { site: Site, resume: Type.Optional(Type.Object({ epoch: Type.String({ maxLength: 100 }), at: Position }, closed)) },
  closed,
);
export type BoardOpen = Static<typeof BoardOpen>;

export const BoardPageAsk = Type.Object(
  { site: Site, lane: Lane, sort: Type.Optional(Sort), cursor: Type.Optional(Cursor) },
  closed,
);
export type BoardPageAsk = Static<typeof BoardPageAsk>;

/** `board:digest` and `board:close`. */
export const BoardName = Type.Object({ site: Site }, closed);
export type BoardName = Static<typeof BoardName>;

export const Track = Type.Object(
  {
    order: Uuid,
    token: Type.Optional(Type.String({ maxLength: 500 })),
    since: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type Track = Static<typeof Track>;

/** `track:ended`: nothing more of it is told, because the link was revoked or the order is no longer to be seen. */
export const TrackEnded = Type.Object({ order: Uuid });
export type TrackEnded = Static<typeof TrackEnded>;

/**
 * `price:progress`: how long the price of an order that is followed will take, about. Whenever it changed, and once that it
 * is over. `position`: calculations before it; `etaSeconds`: null where nobody knows.
 */
export const PriceProgress = Type.Object({
  order: Uuid,
  position: Type.Integer({ minimum: 0 }),
  etaSeconds: nullable(Type.Integer({ minimum: 0 })),
  done: Type.Boolean(),
});
export type PriceProgress = Static<typeof PriceProgress>;

export const Untrack = Type.Object({ order: Uuid }, closed);
export type Untrack = Static<typeof Untrack>;

export const RenewToken = Type.Object({ token: Type.String({ minLength: 1, maxLength: 4_000 }) }, closed);
export type RenewToken = Static<typeof RenewToken>;

/** Envelope of `command`; the fields of the command itself are checked by the command table. */
export const CommandMessage = Type.Object({
  order: Type.Optional(Uuid),
  operator: Type.Optional(Type.Union([Uuid, Type.Literal('me')])),
  type: Type.String({ maxLength: 50 }),
  key: Type.Optional(Type.String({ pattern: '^[\\x20-\\x7e]{1,200}$' })),
  expectedVersion: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type CommandMessage = Static<typeof CommandMessage>;

/** A *no* over a socket: the codes of `problem.ts`, what the code carries, and the order where it may be seen. */
export const Nack = Type.Object({
  ok: Type.Literal(false),
  code: Type.String(),
  order: Type.Optional(Order),
});
export type Nack = Static<typeof Nack> & { readonly [detail: string]: unknown };

export const CommandDone = Type.Object({
  ok: Type.Literal(true),
  version: Type.Integer(),
  order: Type.Optional(Order),
  card: Type.Optional(Card),
  operator: Type.Optional(Operator),
  replay: Type.Optional(Type.Boolean()),
});
export type CommandDone = Static<typeof CommandDone>;
export type CommandAck = CommandDone | Nack;

export type BoardOpenAck = Snapshot | Frames | Nack;
export type BoardPageAck = (BoardPage & { readonly ok: true }) | Nack;
export type DigestAck = Digest | Nack;
export type TrackAck = Tracked | Nack;
export type DoneAck = { readonly ok: true } | Nack;

export const RenewAck = Type.Object({ ok: Type.Literal(true), expiresAt: Time });
export type RenewAck = Static<typeof RenewAck> | Nack;

/** `you`: something about an order that one must know now. `version` is the order's, of what is told. */
export const You = Type.Object({
  kind: Type.Enum(['hand_over', 'cancel_requested', 'released']),
  order: Uuid,
  version: Type.Integer(),
  deadline: Type.Optional(Time),
});
export type You = Static<typeof You>;

/** `server:drain`: come back to another node after this many milliseconds. */
export const Drain = Type.Object({ comeBackInMs: Type.Integer() });
export type Drain = Static<typeof Drain>;

/** What clients ask, by event: the message and its answer. `MESSAGES` describes the same events. */
export interface Asks {
  'board:open': { readonly message: BoardOpen; readonly ack: BoardOpenAck };
  'board:page': { readonly message: BoardPageAsk; readonly ack: BoardPageAck };
  'board:digest': { readonly message: BoardName; readonly ack: DigestAck };
  'board:close': { readonly message: BoardName; readonly ack: DoneAck };
  command: { readonly message: CommandMessage; readonly ack: CommandAck };
  track: { readonly message: Track; readonly ack: TrackAck };
  untrack: { readonly message: Untrack; readonly ack: DoneAck };
  'session:renew': { readonly message: RenewToken; readonly ack: RenewAck };
}

/** What the server tells without being asked. */
export interface Tells {
  'board:frame': Frame;
  'board:part': Part;
  'board:ready': Ready;
  'board:resync': Resync;
  you: You;
  'order:changed': Change;
  'track:ended': TrackEnded;
  'price:progress': PriceProgress;
  'server:drain': Drain;
}
