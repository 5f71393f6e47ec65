/**
 * Older shapes of states and events, mended step by step to the present one. Raise STATE_VERSION with every change of
 * a shape and add the step that leads to it.
 */
import type { OrderEvent } from './events.ts';
import type { OrderState } from './state.ts';

export const STATE_VERSION = 1;

type Step = (old: unknown) => unknown;

/** Step n leads from version n to n + 1. */
const STATE_STEPS: Readonly<Record<number, Step>> = {};
const EVENT_STEPS: Readonly<Record<number, Step>> = {};

const mend = (old: unknown, version: number, steps: Readonly<Record<number, Step>>): unknown => {
  let shape = old;
  for (let v = version; v < STATE_VERSION; v++) shape = steps[v]?.(shape) ?? shape;
  return shape;
};

// What is in the log was written by `evolve` and `decide` of that version: the cast says no more than that.
export const upcast = (state: unknown, version: number): OrderState => mend(state, version, STATE_STEPS) as OrderState;
export const upcastEvent = (event: unknown, version: number): OrderEvent =>
  mend(event, version, EVENT_STEPS) as OrderEvent;
