/** Calls at a given rate for a while, whether or not those before have ended. Resolves when all have. */
export async function atRate(perSecond: number, ms: number, act: (n: number) => Promise<unknown>): Promise<void> {
  const total = Math.max(1, Math.round((perSecond * ms) / 1_000));
  const begun = performance.now();
  let [sent, ended] = [0, 0];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    // The first falls due at once, the last one step before the end.
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond) + 1);
    for (; sent < due; sent++)
      act(sent).then(() => {
        ended += 1;
        if (ended === total) resolve();
      }, reject);
  }, 1);
  await promise.finally(() => clearInterval(timer));
}
