/** Every script there is, with what its replies mean. */
import { AndonError } from '../errors.ts';
import { script } from './script.ts';

type Field = string | null;

const list = (reply: unknown): readonly unknown[] => {
  if (!Array.isArray(reply)) throw new AndonError('bad_reply', 'a list was expected of a script');
  return reply;
};

/** What is read of a board's meta with everything else. */
export interface BoardHead {
  readonly epoch: string;
  /** false while it is being rebuilt: it must not be served. */
  readonly complete: boolean;
  /** Id of the newest stream entry; '' before the first. */
  readonly at: string;
}

const boardHead = ([epoch, complete, at]: readonly unknown[]): BoardHead => ({
  epoch: String(epoch),
  complete: complete === '1',
  at: String(at),
});

const texts = (reply: unknown): readonly string[] => list(reply).map(String);

const cardsOf = (cards: unknown): readonly string[] => list(cards).filter((card) => typeof card === 'string');

export type StreamEntry = readonly [id: string, fields: readonly string[]];

export const SCRIPTS = {
  /** Per item: 1 or 0 (lease), or the slots (fact). */
  lease: script('lease', (reply) =>
    list(reply).map((item) => (Array.isArray(item) ? (item as Field[]).map(Number) : Number(item))),
  ),
  finish: script('finish', (reply) => list(reply) as readonly string[]),
  place: script('place', (reply) => list(reply) as readonly ('new' | 'old' | 'cold')[]),

  boardSnapshot: script('board-snapshot', (reply) => {
    if (reply === null) return undefined;
    const [epoch, complete, at, people, ...lanes] = list(reply);
    return {
      ...boardHead([epoch, complete, at]),
      people: texts(people),
      lanes: lanes.map((lane) => {
        const [count, next, cards] = list(lane);
        return { count: Number(count), next: String(next), cards: cardsOf(cards) };
      }),
    };
  }),
  boardPage: script('board-page', (reply) => {
    if (reply === null) return undefined;
    const [epoch, complete, at, next, cards, counts, people] = list(reply);
    return {
      ...boardHead([epoch, complete, at]),
      next: String(next),
      cards: cardsOf(cards),
      counts: list(counts).map(Number),
      people: texts(people),
    };
  }),
  boardPlaces: script('board-places', (reply) => {
    if (reply === null) return undefined;
    const [epoch, complete, at, places] = list(reply);
    return { ...boardHead([epoch, complete, at]), places: list(places) as readonly string[] };
  }),
  boardSince: script('board-since', (reply) =>
    reply === null ? undefined : (list(reply) as unknown as readonly StreamEntry[]),
  ),
  boardBehind: script('board-behind', (reply) => list(reply) as readonly ('behind' | 'kept' | 'cold')[]),
  boardBegin: script('board-begin', (reply) => {
    if (reply === 'busy') return undefined;
    const [run, cursor, oldest] = list(reply) as string[];
    return { run: run ?? '', cursor: cursor ?? '', oldest: oldest ?? '' };
  }),
  boardBeat: script('board-beat', (reply) => reply === 'ok'),
  boardComplete: script('board-complete', (reply) => (reply === 'lost' ? undefined : String(list(reply)[0]))),
  boardCursor: script('board-cursor', (reply) => list(reply) as readonly ('ok' | 'moved')[]),
  boardSweep: script('board-sweep', Number),

  presenceNote: script('presence-note', Number),
  presenceHere: script('presence-here', texts),
  presenceLook: script('presence-look', (reply) => {
    const [now, run, noted, people, watch] = list(reply);
    return {
      now: Number(now),
      run: String(run),
      noted: texts(noted),
      people: texts(people),
      watch: list(watch) as readonly Field[],
    };
  }),
  presenceTell: script('presence-tell', (reply) => reply === 'ok'),
} as const;
