import type { People } from '../views/people.ts';

/** Longest that showing cards waits for what it needs besides, milliseconds: a name that comes later shows later. */
const PREPARE_MS = 300;

/** Makes ready what showing these cards and persons needs: names. */
export type Prepare = (cards: readonly unknown[], persons: readonly string[]) => Promise<unknown>;

export type Prepared = (items: readonly { readonly card: unknown }[], people?: People) => Promise<void>;

/** The same within a time limit, and never failing. */
export const prepareInTime =
  (prepare: Prepare): Prepared =>
  async (items, people = {}) => {
    const shown = items.flatMap(({ card }) => (card === null ? [] : [card]));
    const persons = Object.keys(people);
    if (shown.length === 0 && persons.length === 0) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PREPARE_MS);
    await Promise.race([prepare(shown, persons).catch(() => undefined), late]);
    clearTimeout(timer);
  };
