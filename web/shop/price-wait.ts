/** How long a price will take, in words that claim no more than is known. Pure. */
import type { PriceProgress } from '../../gateways/contract/live.ts';
import { shopText } from '../text/shop.ts';

export interface PriceWait {
  /** Only in the queue; undefined = nobody said. */
  readonly place: string | undefined;
  readonly ready: string | undefined;
}

const text = shopText.pricing;

/** The estimate is a mean: its span is from two thirds of it to half as much again. */
const LEAST = 2 / 3;
const MOST = 3 / 2;

export function priceWait(progress: PriceProgress | undefined): PriceWait {
  if (progress === undefined || progress.done) return { place: undefined, ready: undefined };
  const { position, etaSeconds } = progress;
  return {
    place: position === 0 ? text.next : text.place(position + 1),
    // The next one may be running already, nobody knows for how long.
    ready: etaSeconds === null ? undefined : span(position === 0 ? 0 : etaSeconds * LEAST, etaSeconds * MOST),
  };
}

interface Scale {
  readonly upTo: number;
  readonly unit: number;
  readonly step: number;
  readonly say: (count: string) => string;
}

const HOURS: Scale = { upTo: Infinity, unit: 3_600, step: 1, say: (count) => text.hours(count) };
/** What is told in which unit, and how exactly; seconds. */
const SCALES: readonly Scale[] = [
  { upTo: 60, unit: 1, step: 5, say: (count) => text.seconds(count) },
  { upTo: 1_200, unit: 60, step: 1, say: (count) => text.minutes(count) },
  { upTo: 10_800, unit: 60, step: 5, say: (count) => text.minutes(count) },
  HOURS,
];

/** Rounded outwards, so that it still holds what it held. */
function span(least: number, most: number): string {
  const { unit, step, say } = SCALES.find(({ upTo }) => most <= upTo) ?? HOURS;
  const low = Math.floor(least / unit / step) * step;
  const high = Math.ceil(most / unit / step) * step;
  return low === 0 ? text.under(say(String(high))) : say(`${low}–${high}`);
}

/** How much of the wait is over, whole percent; undefined where nobody knows how long it is. Never quite all of it. */
export function shareOver(progress: PriceProgress | undefined, waitedMs: number): number | undefined {
  if (progress === undefined || progress.done || progress.etaSeconds === null) return undefined;
  const whole = waitedMs + progress.etaSeconds * 1_000;
  return whole <= 0 ? 0 : Math.min(95, Math.max(0, Math.floor((100 * waitedMs) / whole)));
}
