/** Deadlines of an order, milliseconds, and the jobs that watch them. */
import type { NewJob } from '../../src/runtime/actor.ts';
import { type TimerName, timerJob } from '../jobs.ts';

export interface Times {
  /** From its creation until an order that was not submitted expires. */
  readonly expireMs: number;
  /** How long a price holds. */
  readonly priceMs: number;
  /** How long holder and CRM have to answer a request to cancel. */
  readonly cancelMs: number;
  /** How long an offer of hand-over stands. */
  readonly handOverMs: number;
  /** From its delivery until an order is closed. */
  readonly closeMs: number;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Where nothing else is said. */
const DEFAULTS: Times = {
  expireMs: 7 * DAY,
  priceMs: 7 * DAY,
  cancelMs: 30 * MINUTE,
  handOverMs: 15 * MINUTE,
  closeMs: 14 * DAY,
};

interface Now {
  readonly now: number;
  readonly facts: { readonly times?: Partial<Times> };
}

/** The time at which a period that begins now is over, RFC 3339. */
export const endOf = (period: keyof Times, { now, facts }: Now): string =>
  inMs(now, facts.times?.[period] ?? DEFAULTS[period]);

export const inMs = (now: number, ms: number): string => new Date(now + ms).toISOString();

/**
 * `version` tells this deadline from others of its name: of a price its own version, else that of the row that starts it.
 */
export const timer = (
  { id, actor }: { id(name: string): string; readonly actor: string },
  name: TimerName,
  version: number,
  due: string,
): NewJob => timerJob(id(`timer:${name}`), { order: actor, name, version }, due);
