/** The times of presence, all made from one setting, so that a shorter grace shortens the rest in proportion. */

export interface PresenceTimes {
  /** Who is absent for so long loses what was captured and not begun. */
  readonly graceMs: number;
  /** A node notes its people this often. */
  readonly beatMs: number;
  /** Whoever was noted within this time is present: one heartbeat may be lost. */
  readonly freshMs: number;
  /** The keeper looks this often. */
  readonly lookMs: number;
  /** A look later than this after the last one: nobody watched in between, or heartbeats could not be recorded. */
  readonly gapMs: number;
  /** Many who go within this time are a fault of ours rather than their wish. */
  readonly fallMs: number;
  /** A page that is loaded anew comes back within this time. */
  readonly lingerMs: number;
  readonly forgetMs: number;
}

/** Shorter than this only a busy machine would make people come and go. */
const LEAST_BEAT_MS = 200;
const MOST_BEAT_MS = 5_000;
const LEAST_LOOK_MS = 50;
/** A keeper that had to wait for the processor so long has not lost anything: nodes went on noting. */
const LEAST_GAP_MS = 1_000;
const FORGET_MS = 3_600_000;

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));

/** At the default of 120 s: beat 5 s, fresh 12 s, look 1 s, gap 5 s, fall 10 s, linger 3 s. */
export function presenceTimes(graceMs: number): PresenceTimes {
  const beatMs = between(LEAST_BEAT_MS, graceMs / 24, MOST_BEAT_MS);
  return {
    graceMs,
    beatMs,
    freshMs: 2.4 * beatMs,
    lookMs: Math.max(LEAST_LOOK_MS, beatMs / 5),
    gapMs: Math.max(LEAST_GAP_MS, beatMs),
    fallMs: 2 * beatMs,
    lingerMs: 0.6 * beatMs,
    forgetMs: FORGET_MS,
  };
}
