/** Where an order stands on its way through the house: done, now, ahead, or out of the way by a side exit. Pure. */
import type { TimelineItem } from '../../../gateways/contract/timeline.ts';
import type { LampName } from '../../ui/lamp-name.ts';
import type { Tone } from '../../ui/tone.ts';

export const STAGES = ['submitted', 'priced', 'approved', 'started', 'made', 'packed', 'shipped'] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  readonly name: StageName;
  readonly is: 'done' | 'now' | 'next';
  readonly lamp: LampName;
  readonly tone: Tone;
}

const REACHED: Readonly<Record<string, number>> = {
  INITIATED: -1,
  SUBMITTED: 0,
  PRICING: 0,
  PRICE_FAILED: 0,
  PRICE_CALCULATED: 1,
  MANUFACTURING_APPROVED: 2,
  MANUFACTURING_STARTED: 3,
  MANUFACTURING_COMPLETED: 4,
  PACKAGING: 5,
  SHIPPED: 6,
  DELIVERED: 7,
  CLOSED: 7,
};
const LEFT: readonly string[] = ['CANCELLED', 'REJECTED', 'EXPIRED'];

export interface Standing {
  readonly status: string;
  readonly held: boolean;
  readonly cancelling: boolean;
  /** Its story, which tells where it left the way. */
  readonly items: readonly Pick<TimelineItem, 'from' | 'to'>[];
}

export function stagesOf(standing: Standing): Stage[] {
  const left = LEFT.includes(standing.status);
  const status = left ? (standing.items.findLast(({ to }) => to === standing.status)?.from ?? '') : standing.status;
  const reached = REACHED[status] ?? -1;
  return STAGES.map((name, n): Stage => {
    if (n < reached) return { name, is: 'done', lamp: 'done', tone: 'none' };
    if (n > reached && !(left && reached < 0 && n === 0)) return { name, is: 'next', lamp: 'wait', tone: 'none' };
    return { name, is: 'now', ...mark(standing, left) };
  });
}

function mark({ status, held, cancelling }: Standing, left: boolean): { lamp: LampName; tone: Tone } {
  if (left) return { lamp: 'cancel', tone: 'none' };
  if (cancelling) return { lamp: 'cancel', tone: 'stop' };
  if (held) return { lamp: 'hold', tone: 'hold' };
  if (status === 'PRICE_FAILED') return { lamp: 'late', tone: 'stop' };
  return { lamp: 'flow', tone: 'go' };
}
