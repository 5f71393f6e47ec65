/** A process with a duty, to be killed: `node duty-holder.ts <redis url> <prefix> <lease ms>`; says `working`. */
import { Keys } from '../../src/hot/keys.ts';
import { Redis } from '../../src/hot/redis.ts';
import { Duty } from '../../src/runtime/duty.ts';
import { RedlockLeases } from '../../src/runtime/duty-redlock.ts';

const [, , url = '', prefix = '', leaseMs = ''] = process.argv;
const redis = new Redis({ url, timeoutMs: 1_000 });
new Duty({
  name: 'feed',
  leaseMs: Number(leaseMs),
  leases: [new RedlockLeases(redis, new Keys(prefix))],
  report: () => undefined,
  run: (signal) => {
    process.stdout.write('working\n');
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  },
});
