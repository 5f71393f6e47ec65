/** Many operators at once: as fast as they can, and at a given rate. */
import { type Contender, STEPS_IN_ORDER, type Step } from './contender.ts';
import { type Cpu, cpuNow, cpuPer, type Meter } from './cpu.ts';
import { quantile } from './figures.ts';

export interface StormResult {
  readonly commands: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds per command. */
  readonly cpu: Cpu;
}

const result = (latencies: readonly number[], seconds: number, cpu: Cpu): StormResult => ({
  commands: latencies.length,
  perSecond: latencies.length / seconds,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  cpu,
});

async function accepted(contender: Contender, step: Step, order: string, operator: number): Promise<void> {
  if (!(await contender.step(step, order, operator))) throw new Error(`${contender.name} refused ${step} of ${order}`);
}

/** Each operator takes order after order, and sends the next command when the last is answered. */
export async function storm(
  contender: Contender,
  orders: readonly string[],
  operators: number,
  meter: Meter,
): Promise<StormResult> {
  const latencies: number[] = [];
  let next = 0;
  const before = cpuNow(meter);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: operators }, async (_, operator) => {
      for (let order = orders[next++]; order !== undefined; order = orders[next++]) {
        for (const step of STEPS_IN_ORDER) {
          const sent = performance.now();
          await accepted(contender, step, order, operator);
          latencies.push(performance.now() - sent);
        }
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return result(latencies, seconds, cpuPer(latencies.length, meter, before));
}

interface Job {
  readonly order: string;
  readonly operator: number;
  readonly step: number;
}

/** Orders that one operator has in hand at once, below the limit of five. */
const IN_HAND = 4;

/**
 * Commands fall due at a given rate, whether or not those before are answered; each is timed from when it was due, so
 * nothing is left out while the system stalls.
 */
export async function steady(
  contender: Contender,
  orders: readonly string[],
  operators: number,
  perSecond: number,
  meter: Meter,
): Promise<StormResult> {
  const latencies: number[] = [];
  const ready: Job[] = [];
  const free = Array.from({ length: operators * IN_HAND }, (_, n) => n % operators);
  const total = orders.length * STEPS_IN_ORDER.length;
  let [fresh, sent] = [0, 0];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const before = cpuNow(meter);
  const begun = performance.now();

  const takeJob = (): Job | undefined => {
    const going = ready.shift();
    if (going !== undefined) return going;
    const order = orders[fresh];
    const operator = order === undefined ? undefined : free.shift();
    if (order === undefined || operator === undefined) return undefined;
    fresh += 1;
    return { order, operator, step: 0 };
  };
  const run = async ({ order, operator, step }: Job, due: number): Promise<void> => {
    await accepted(contender, STEPS_IN_ORDER[step] ?? 'capture', order, operator);
    latencies.push(performance.now() - due);
    if (step + 1 < STEPS_IN_ORDER.length) ready.push({ order, operator, step: step + 1 });
    else free.push(operator);
    if (latencies.length === total) resolve();
  };
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
    for (; sent < due; sent++) {
      const job = takeJob();
      if (job === undefined) return; // everybody's hands are full; it stays due
      run(job, begun + (sent / perSecond) * 1_000).catch(reject);
    }
  }, 1);
  await promise.finally(() => clearInterval(timer));
  const seconds = (performance.now() - begun) / 1_000;
  return result(latencies, seconds, cpuPer(total, meter, before));
}
