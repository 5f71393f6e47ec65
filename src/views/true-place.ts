/** Where the log says that an order stands on a board, for cards that nothing else accounts for. */
import type { FinishItem, PlaceItem } from '../hot/items.ts';
import type { LogRow } from '../runtime/actor.ts';

export interface TruePlaceOptions {
  /** Kind of the actors whose cards stand on boards. */
  readonly kind: string;
  /** The newest row of an actor. */
  newest(kind: string, actor: string): Promise<LogRow | undefined>;
  /** What a row changes, as items for `Hot.finish`. */
  items(row: LogRow): readonly FinishItem[];
}

/** `version`: of the card that was found; an order that the log does not know goes at that version. */
export async function truePlace(
  { kind, newest, items }: TruePlaceOptions,
  board: string,
  order: string,
  version: number,
): Promise<PlaceItem> {
  const row = await newest(kind, order);
  const places = (row === undefined ? [] : items(row)).filter((item): item is PlaceItem => item.type === 'place');
  const gone = { type: 'place', board, actor: order, lane: '', recent: '', urgent: '', card: '' } as const;
  return places.find((place) => place.board === board) ?? { ...gone, version: row?.version ?? version };
}
