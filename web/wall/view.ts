/** What the wall shows of a floor, read from three metres. Pure. */
import type { People, Usual } from '../../gateways/contract/board.ts';
import type { Card, Lane } from '../../gateways/contract/card.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import { dueState } from '../board/lists.ts';
import { tellsStay } from '../board/usual.ts';

/** The worst there is to say of an order, in this order. */
export type State = 'cancel' | 'late' | 'alone' | 'tight' | 'hold' | 'flow' | 'wait' | 'done';
const WORST_FIRST: readonly State[] = ['cancel', 'late', 'alone', 'tight', 'hold', 'flow', 'wait', 'done'];

export interface Floor {
  readonly cards: readonly Card[];
  readonly people: People;
  readonly graceMs: number;
  readonly usual: Usual;
  readonly operators: readonly Operator[];
  /** Milliseconds since 1970, by the server's clock. */
  readonly now: number;
}

export interface LaneView {
  readonly count: number;
  /** One lamp per order, the worst first, as many as fit. */
  readonly lamps: readonly State[];
  /** Lamps that did not fit. */
  readonly more: number;
  readonly oldest: Oldest | undefined;
}

/** The order that waits, or is worked on, for longest; not what waits for an answer, or is on hold. */
export interface Oldest {
  readonly card: Card;
  readonly ms: number;
  /** The median of its status, where known. */
  readonly usualMs: number | undefined;
  /** Longer than 19 of 20 orders, and worth a word. */
  readonly slow: boolean;
}

export interface Entry {
  readonly card: Card;
  readonly state: 'cancel' | 'late' | 'alone' | 'tight';
  readonly holder: string | undefined;
  /** Late: by how much; a cancellation: until its answer is due; else: what is left, undefined without a date. */
  readonly ms: number | undefined;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly held: number;
  readonly limit: number;
  readonly skills: readonly string[];
  /** Since when at no board; undefined = there. */
  readonly awayMs: number | undefined;
}

export interface Wall {
  readonly late: number;
  readonly alone: number;
  readonly asked: number;
  readonly lanes: Readonly<Record<Lane, LaneView>>;
  readonly first: readonly Entry[];
  readonly crew: readonly Person[];
}

const MOST_LAMPS = 21;
const MOST_ENTRIES = 4;
const MOST_PEOPLE = 12;

export function wallOf(floor: Floor): Wall {
  const seen = floor.cards.map((card) => ({ card, state: stateOf(card, floor) }));
  const count = (state: State): number => seen.filter((one) => one.state === state).length;
  const lane = (name: Lane): LaneView =>
    laneView(
      seen.filter(({ card }) => card.lane === name),
      floor,
    );
  return {
    late: floor.cards.filter((card) => dueState(card, floor.now) === 'late').length,
    alone: floor.cards.filter((card) => isAlone(card, floor)).length,
    asked: count('cancel'),
    lanes: { new: lane('new'), in_work: lane('in_work'), made: lane('made') },
    first: firstOf(seen, floor),
    crew: crewOf(floor),
  };
}

interface Seen {
  readonly card: Card;
  readonly state: State;
}

function stateOf(card: Card, floor: Floor): State {
  const due = dueState(card, floor.now);
  if (card.cancellation !== null) return 'cancel';
  if (due === 'late') return 'late';
  if (isAlone(card, floor)) return 'alone';
  if (due === 'tight') return 'tight';
  if (card.hold !== null) return 'hold';
  return card.lane === 'new' ? 'wait' : card.lane === 'made' ? 'done' : 'flow';
}

/** Held by somebody who has been at no board for longer than the grace. */
function isAlone({ capture }: Card, { people, graceMs, now }: Floor): boolean {
  const holder = capture === null ? undefined : people[capture.operator.id];
  if (capture === null || holder === undefined || holder.present) return false;
  return now - Math.max(Date.parse(holder.since), Date.parse(capture.since)) > graceMs;
}

function laneView(seen: readonly Seen[], { usual, now }: Floor): LaneView {
  const lamps = seen.map(({ state }) => state).sort((a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b));
  const oldest = seen
    .map(({ card }) => card)
    .filter(({ hold, cancellation }) => hold === null && cancellation === null)
    .reduce<Card | undefined>(
      (old, card) => (old === undefined || card.waiting.since < old.waiting.since ? card : old),
      undefined,
    );
  return {
    count: seen.length,
    lamps: lamps.slice(0, MOST_LAMPS),
    more: Math.max(0, lamps.length - MOST_LAMPS),
    oldest:
      oldest &&
      oldestOf(
        oldest,
        Math.max(0, now - Date.parse(oldest.waiting.since)),
        tellsStay(oldest) ? usual[oldest.status] : undefined,
      ),
  };
}

/** Shorter waits are nobody's business, however quick others were. */
const WORTH_MS = 60_000;

const oldestOf = (card: Card, ms: number, usual: Usual[string] | undefined): Oldest => ({
  card,
  ms,
  usualMs: usual?.median,
  slow: usual !== undefined && ms > Math.max(WORTH_MS, usual.p95),
});

const isAlarm = (state: State): state is Entry['state'] =>
  state === 'cancel' || state === 'late' || state === 'alone' || state === 'tight';

/** Those who need somebody now: by how bad it is, then by date. */
function firstOf(seen: readonly Seen[], { now }: Floor): Entry[] {
  return seen
    .flatMap(({ card, state }) => (isAlarm(state) ? [{ card, state }] : []))
    .sort(
      (a, b) =>
        WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) ||
        (a.card.due ?? '9999').localeCompare(b.card.due ?? '9999') ||
        a.card.order.localeCompare(b.card.order),
    )
    .slice(0, MOST_ENTRIES)
    .map(({ card, state }) => ({
      card,
      state,
      holder: card.capture?.operator.name,
      ms: msOf(card, now),
    }));
}

/** To the answer that a cancellation waits for, else to the order's date; of what is past, how long ago. */
function msOf({ cancellation, due }: Card, now: number): number | undefined {
  const until = cancellation?.deadline ?? due;
  return until === null ? undefined : Math.abs(Date.parse(until) - now);
}

/** On shift, or holding something all the same; those who are away last. */
function crewOf({ operators, cards, people, now }: Floor): Person[] {
  const held = new Map<string, number>();
  for (const { capture } of cards)
    if (capture !== null) held.set(capture.operator.id, (held.get(capture.operator.id) ?? 0) + 1);
  return operators
    .filter(({ id, onShift }) => onShift || held.has(id))
    .map(({ id, name, limit, skills, present }): Person => {
      const known = people[id];
      const away = known === undefined ? !present : !known.present;
      const awayMs = away ? Math.max(0, known === undefined ? 0 : now - Date.parse(known.since)) : undefined;
      return { id, name, held: held.get(id) ?? 0, limit, skills, awayMs };
    })
    .sort((a, b) => Number(a.awayMs !== undefined) - Number(b.awayMs !== undefined) || a.name.localeCompare(b.name))
    .slice(0, MOST_PEOPLE);
}
