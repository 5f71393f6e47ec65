/**
 * One look-up for all who ask within one turn of the event loop: two hundred requests that arrive together ask Redis
 * once. `look` gets each key once and answers what it found.
 */
export function perTick<V>(
  look: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  let next: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, V>> } | undefined;
  return async (key) => {
    if (next === undefined) {
      const keys = new Set<string>();
      const found = new Promise((resolve) => setImmediate(resolve)).then(() => {
        next = undefined;
        return look([...keys]);
      });
      next = { keys, found };
    }
    next.keys.add(key);
    return (await next.found).get(key);
  };
}
