/**
 * One opened thing for all tests of a spec, where opening it takes seconds: a whole product, a browser. The first test
 * opens it, a last one of its own closes it and is red when that fails. Tests that share must not disturb each other:
 * each makes its own orders and users, or leaves things as it found them.
 */
import type { Fixture } from './spec.ts';

export interface Shared<F> {
  /** Lends what is open; opens it before the first test. */
  readonly fixture: Fixture<F>;
  /** Closes it; throws what the fixture throws. */
  close(): Promise<void>;
}

export function shared<F>(fixture: Fixture<F>): Shared<F> {
  const over = Promise.withResolvers<void>();
  let isOver = false;
  let opened: Promise<F> | undefined;
  let closed: Promise<void> | undefined;

  const open = (title: string): Promise<F> => {
    const lent = Promise.withResolvers<F>();
    closed = (async () => {
      await fixture(async (thing) => {
        lent.resolve(thing);
        await over.promise;
      }, title);
      if (!isOver) throw new Error('the fixture closed before its tests were done');
    })();
    closed.catch(lent.reject);
    return lent.promise;
  };

  return {
    fixture: async (lend, title) => {
      opened ??= open(title);
      const early = closed?.then(() => {
        throw new Error('the fixture closed before its tests were done');
      });
      await Promise.race([(async () => lend(await opened))(), early]);
    },
    async close() {
      isOver = true;
      over.resolve();
      await closed;
    },
  };
}
