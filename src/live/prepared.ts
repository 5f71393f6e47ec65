/** Longest that showing cards waits for what it needs besides, milliseconds: a name that comes later shows later. */
const PREPARE_MS = 300;

/** Makes ready what showing these cards needs (names of people). */
export type Prepare = (cards: readonly unknown[]) => Promise<unknown>;

/** The same within a time limit, and never failing. */
export const prepareInTime =
  (prepare: Prepare): ((items: readonly { readonly card: unknown }[]) => Promise<void>) =>
  async (items) => {
    const shown = items.flatMap(({ card }) => (card === null ? [] : [card]));
    if (shown.length === 0) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PREPARE_MS);
    await Promise.race([prepare(shown).catch(() => undefined), late]);
    clearTimeout(timer);
  };
