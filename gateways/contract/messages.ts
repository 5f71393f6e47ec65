/** Every message of the sockets: who sends it where, what it says, what it is answered. `asyncapi.json` is made of it. */
import Type, { type TObject, type TSchema } from 'typebox';
import { BoardPage, Digest, Frame, Frames, Part, Ready, Resync, Snapshot } from './board.ts';
import { Change, Tracked } from './change.ts';
import { OPERATOR_COMMANDS, ORDER_COMMANDS, offered } from './commands.ts';
import {
  BoardName,
  BoardOpen,
  BoardPageAsk,
  CommandDone,
  CommandMessage,
  Drain,
  PriceProgress,
  RenewAck,
  RenewToken,
  Track,
  TrackEnded,
  Untrack,
  You,
} from './live.ts';
import { Done, Uuid } from './shapes.ts';

export const SPACES = ['/mes', '/storefront'] as const;
export type Space = (typeof SPACES)[number];

export interface LiveMessage {
  /** Name of the Socket.IO event. */
  readonly event: string;
  readonly spaces: readonly Space[];
  readonly from: 'client' | 'server';
  readonly about: string;
  readonly message: TSchema;
  /** Success; a *no* is one of `problems.ts`. Absent: nothing is acknowledged. */
  readonly ack?: TSchema;
}

const { type: _, order: __, operator: ___, ...envelope } = CommandMessage.properties;
const closed = { additionalProperties: false };
const Operators = Type.Union([Uuid, Type.Literal('me')]);

/** One form per command of the floor, from the command tables. */
export const COMMANDS: Readonly<Record<string, TObject>> = Object.fromEntries([
  ...offered(ORDER_COMMANDS, 'mes').map(({ name, spec }) => [
    name,
    Type.Object({ order: Uuid, type: Type.Literal(name), ...envelope, ...spec.fields.properties }, closed),
  ]),
  ...offered(OPERATOR_COMMANDS, 'mes').map(({ name, spec }) => [
    name,
    Type.Object({ operator: Operators, type: Type.Literal(name), ...envelope, ...spec.fields.properties }, closed),
  ]),
]);

const mes = ['/mes'] as const;
const storefront = ['/storefront'] as const;

export const MESSAGES: readonly LiveMessage[] = [
  {
    event: 'board:open',
    spaces: mes,
    from: 'client',
    about: 'Watches a board: from a position one has, or from a snapshot, whose rest comes as `board:part`.',
    message: BoardOpen,
    ack: Type.Union([Snapshot, Frames]),
  },
  {
    event: 'board:page',
    spaces: mes,
    from: 'client',
    about: 'One page of one lane, 200 cards.',
    message: BoardPageAsk,
    ack: Type.Object({ ok: Type.Literal(true), ...BoardPage.properties }),
  },
  {
    event: 'board:digest',
    spaces: mes,
    from: 'client',
    about: 'Proof of equality: what the board has now, as one number.',
    message: BoardName,
    ack: Digest,
  },
  { event: 'board:close', spaces: mes, from: 'client', about: 'No more of it.', message: BoardName, ack: Done },
  {
    event: 'command',
    spaces: mes,
    from: 'client',
    about: 'A command of an order or an operator; the same keys and answers as over REST.',
    message: Type.Union(Object.values(COMMANDS)),
    ack: CommandDone,
  },
  {
    event: 'track',
    spaces: storefront,
    from: 'client',
    about: 'Follows an order: from a version one has, or anew. `token`: of a guest link. At most 50 per socket.',
    message: Track,
    ack: Tracked,
  },
  { event: 'untrack', spaces: storefront, from: 'client', about: 'No more of it.', message: Untrack, ack: Done },
  {
    event: 'session:renew',
    spaces: SPACES,
    from: 'client',
    about: 'Shows a newer token, before the one at hand expires.',
    message: RenewToken,
    ack: RenewAck,
  },
  {
    event: 'board:frame',
    spaces: mes,
    from: 'server',
    about: 'What changed after `from` up to `to`; the next one begins where this ends.',
    message: Frame,
  },
  {
    event: 'board:part',
    spaces: mes,
    from: 'server',
    about: 'More cards of a snapshot; the next comes when the client has acknowledged this one.',
    message: Part,
  },
  { event: 'board:ready', spaces: mes, from: 'server', about: 'The snapshot is complete.', message: Ready },
  {
    event: 'board:resync',
    spaces: mes,
    from: 'server',
    about: 'Nothing more comes: open again, with the position one has.',
    message: Resync,
  },
  { event: 'you', spaces: mes, from: 'server', about: 'What a person must know of an order at once.', message: You },
  {
    event: 'order:changed',
    spaces: storefront,
    from: 'server',
    about: 'The next version of an order that is followed; each comes once.',
    message: Change,
  },
  {
    event: 'track:ended',
    spaces: storefront,
    from: 'server',
    about: 'The link was revoked, or the order is no longer to be seen.',
    message: TrackEnded,
  },
  {
    event: 'price:progress',
    spaces: storefront,
    from: 'server',
    about: 'How long the price of an order that is followed will take, about.',
    message: PriceProgress,
  },
  {
    event: 'server:drain',
    spaces: SPACES,
    from: 'server',
    about: 'This node stops: come back, which leads to another, after so long.',
    message: Drain,
  },
];
