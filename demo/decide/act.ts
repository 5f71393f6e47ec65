/** What a player does next, and when people are ready for it. */
import { between } from '../chance.ts';

export interface Act {
  readonly order: string;
  /** Of the order, when it was decided. */
  readonly version: number;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Moment {
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number;
  /** 2 = people are twice as fast. */
  readonly pace: number;
}

/** Reasons to choose from, by command. */
export type Reasons = Readonly<Record<string, readonly { readonly id: string }[]>>;

/** Least and most seconds that people take. */
export type Seconds = readonly [number, number];

type Subject = { readonly version: number } & ({ readonly order: string } | { readonly id: string });

export const idOf = (subject: Subject): string => ('order' in subject ? subject.order : subject.id);

/** Has it waited since then as long as it takes? Each order takes its own time, the same for all who look at it. */
export function isRipe(since: string, [least, most]: Seconds, { now, pace }: Moment, ...about: string[]): boolean {
  return now - Date.parse(since) >= (1_000 * between(least, most, since, ...about)) / pace;
}

export const act = (subject: Subject, type: string, fields: Act['fields'] = {}): Act => ({
  order: idOf(subject),
  version: subject.version,
  type,
  fields,
});
