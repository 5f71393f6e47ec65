/** A worker as a process of its own. Its jobs say how long they take, or that they kill whoever runs them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from '../../src/log/connect.ts';
import { Jobs } from '../../src/work/jobs.ts';
import { Worker } from '../../src/work/worker.ts';

const { URL_OF_JOBS = '', LEASE_MS = '', ATTEMPTS = '' } = process.env;
const leaseMs = Number(LEASE_MS);
const pool = openPool({ url: URL_OF_JOBS, name: 'test worker', max: 4 });

new Worker(
  new Jobs(pool, { worker: String(process.pid), leaseMs }),
  {
    test: {
      async run({ payload }) {
        const { kill, ms } = payload as { kill?: boolean; ms?: number };
        if (kill) process.kill(process.pid, 'SIGKILL');
        await sleep(ms);
        return undefined;
      },
    },
  },
  { slots: 2, pollMs: 20, leaseMs, attempts: Number(ATTEMPTS), backoffMs: () => 10, tell: () => undefined },
).start();
process.once('disconnect', () => process.exit());
