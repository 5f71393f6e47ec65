/**
 * Waits for what is done soon, but never longer than `ms`. All waits of one length share a timer: they end in the order
 * they began, and nearly all end by themselves (a timer of its own was 3 % of a command's CPU).
 */
interface Wait {
  readonly until: number;
  readonly resolve: () => void;
  over: boolean;
}

/** The function it gives resolves when `done` does, or after `ms`. `done` never rejects. */
export function atMost(ms: number): (done: Promise<void>) => Promise<void> {
  let waits: Wait[] = [];
  let first = 0;
  let armed = false;

  const look = (): void => {
    const now = performance.now();
    for (let wait = waits[first]; wait !== undefined && (wait.over || wait.until <= now); wait = waits[++first]) {
      wait.resolve(); // a second time for most: nothing happens
    }
    waits = waits.slice(first);
    first = 0;
    const [next] = waits;
    armed = next !== undefined;
    if (next) setTimeout(look, Math.max(1, next.until - now));
  };

  return (done) =>
    new Promise((resolve) => {
      const wait = { until: performance.now() + ms, resolve, over: false };
      waits.push(wait);
      if (!armed) setTimeout(look, ms);
      armed = true;
      void done.then(() => {
        wait.over = true;
        resolve();
      });
    });
}
