/** A board of a site: pages, snapshot, frames, digest. Positions are `<ms>-<n>`, ordered as pairs of integers. */
import Type, { type Static } from 'typebox';
import { Card, Lane } from './card.ts';
import { nullable, Time, Uuid } from './shapes.ts';

export const Position = Type.String({ pattern: '^\\d+-\\d+$' });
export const Sort = Type.Enum(['recent', 'urgent']);
export type Sort = Static<typeof Sort>;

/** Whole lanes, whatever a page or snapshot carries. */
export const Counts = Type.Object({ new: Type.Integer(), in_work: Type.Integer(), made: Type.Integer() });
export type Counts = Static<typeof Counts>;

/** `rebuilding`: served from the list of orders while the board is built anew. `stale`: seconds behind, a server is away. */
const Marks = { rebuilding: Type.Optional(Type.Boolean()), stale: Type.Optional(Type.Number()) };

/** By id. `since`: since when present, or at no board. */
export const People = Type.Record(
  Type.String(),
  Type.Object({ name: Type.String(), present: Type.Boolean(), since: Time }),
);
export type People = Static<typeof People>;

export const BoardPage = Type.Object({
  epoch: Type.String(),
  at: Position,
  lane: Lane,
  sort: Sort,
  items: Type.Array(Card),
  next: nullable(Type.String()),
  counts: Counts,
  people: People,
  ...Marks,
});
export type BoardPage = Static<typeof BoardPage>;

export const LaneCards = Type.Object({
  items: Type.Array(Card),
  count: Type.Integer(),
  next: nullable(Type.String()),
});
export type LaneCards = Static<typeof LaneCards>;

/** By status: how long orders stayed in it lately, milliseconds, without holds. A status that none has left is missing. */
export const Usual = Type.Record(Type.String(), Type.Object({ median: Type.Number(), p95: Type.Number() }));
export type Usual = Static<typeof Usual>;

/** One order's change on a board: `lane: null` = gone from it. */
export const BoardChange = Type.Object({
  order: Uuid,
  version: Type.Integer(),
  lane: nullable(Lane),
  card: nullable(Card),
});
export type BoardChange = Static<typeof BoardChange>;

/** `from` exclusive, `to` inclusive; the next frame's `from` is the last one's `to`. */
export const Frame = Type.Object({
  site: Type.String(),
  epoch: Type.String(),
  from: Position,
  to: Position,
  changes: Type.Array(BoardChange),
  /** Those who came or went; the others are as they were. */
  people: Type.Optional(People),
  stale: Type.Optional(Type.Number()),
});
export type Frame = Static<typeof Frame>;

/** What `board:open` answers when the board must be shown anew; the rest comes as parts, then `Ready`. */
export const Snapshot = Type.Object({
  ok: Type.Literal(true),
  mode: Type.Literal('snapshot'),
  epoch: Type.String(),
  at: Position,
  lanes: Type.Object({ new: LaneCards, in_work: LaneCards, made: LaneCards }),
  counts: Counts,
  people: People,
  /** A captured order is unattended when its holder has been at no board for longer than this. */
  graceMs: Type.Integer(),
  usual: Usual,
  ...Marks,
});
export type Snapshot = Static<typeof Snapshot>;

/** What `board:open` answers when the client's position is still there: what it missed. */
export const Frames = Type.Object({
  ok: Type.Literal(true),
  mode: Type.Literal('frames'),
  epoch: Type.String(),
  frames: Type.Array(Frame),
});
export type Frames = Static<typeof Frames>;

/** `board:part`: the client acknowledges it to get the next. A card may be newer than the snapshot. */
export const Part = Type.Object({ site: Type.String(), epoch: Type.String(), lane: Lane, items: Type.Array(Card) });
export type Part = Static<typeof Part>;

/** `board:ready`: ends every snapshot. */
export const Ready = Type.Object({ site: Type.String(), epoch: Type.String(), at: Position, digest: Type.String() });
export type Ready = Static<typeof Ready>;

/** `board:resync`: open again, with the position one has. */
export const Resync = Type.Object({ site: Type.String(), reason: Type.String() });
export type Resync = Static<typeof Resync>;

/** SHA-256 over lines `<lane> <order> <version>\n`, lanes in order (new, in_work, made), orders ascending by id. */
export const Digest = Type.Object({
  ok: Type.Literal(true),
  epoch: Type.String(),
  at: Position,
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  counts: Counts,
  ...Marks,
});
export type Digest = Static<typeof Digest>;
