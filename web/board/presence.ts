/**
 * Who of the holders is at a board. Absence is derived here: the server says who is present since when, and how long an
 * absence is nobody's business (the grace).
 */
import { computed, signal } from '@preact/signals';
import type { People } from '../../gateways/contract/board.ts';
import type { Card } from '../../gateways/contract/card.ts';
import { now } from '../ui/ticking.ts';
import type { Grouping } from './lists.ts';
import { myId } from './who.ts';

const GRACE_MS = 120_000;

export const people = signal<People>({});
export const graceMs = signal(GRACE_MS);

/** Since when this person has been at no board; undefined = present, or nothing is known. */
export function awaySince(person: string | undefined): number | undefined {
  const known = person === undefined ? undefined : people.value[person];
  return known === undefined || known.present ? undefined : Date.parse(known.since);
}

/** Since when this order is unattended: held by somebody who has been away for longer than the grace; else undefined. */
export function aloneSince(capture: Card['capture'], at: number): number | undefined {
  const away = awaySince(capture?.operator.id);
  if (capture === null || away === undefined) return undefined;
  // Who captures while at no board has the whole grace to come.
  const since = Math.max(away, Date.parse(capture.since));
  return at - since > graceMs.value ? since : undefined;
}

/** Lists are not put together anew more often for the sake of absences. */
const LOOK_MS = 10_000;
const looked = computed(() => Math.floor(now.value / LOOK_MS));

export function grouping(): Grouping {
  // Read here, so that whoever groups by it is told of people who come and go, and of time that passes.
  void people.value;
  void looked.value;
  return { me: myId(), alone: (capture) => aloneSince(capture, now.peek()) !== undefined };
}
