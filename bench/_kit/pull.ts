/** Readers: so many clients, each asking again when it was answered, for a while. */
import { type Cpu, cpuNow, cpuPer, type Meter } from './cpu.ts';
import { quantile } from './figures.ts';
import type { LeanAnswer, LeanHttp } from './lean-http.ts';

export interface PullResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds until the first byte. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly cpu: Cpu;
}

export async function pull(
  lines: readonly LeanHttp[],
  ask: (line: LeanHttp, n: number) => Promise<LeanAnswer>,
  wanted: number,
  seconds: number,
  meter: Meter,
): Promise<PullResult> {
  const times: number[] = [];
  let n = 0;
  const before = cpuNow(meter);
  const begun = performance.now();
  const until = begun + seconds * 1_000;
  await Promise.all(
    lines.map(async (line) => {
      while (performance.now() < until) {
        const { status, firstByteMs, body } = await ask(line, n++);
        if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${body.slice(0, 200)}`);
        times.push(firstByteMs);
      }
    }),
  );
  const took = (performance.now() - begun) / 1_000;
  return {
    requests: times.length,
    perSecond: times.length / took,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    cpu: cpuPer(times.length, meter, before),
  };
}
