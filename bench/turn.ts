/**
 * The turn against what a good team would write by hand: a storm of 64 operators, and races of 64 for one order.
 * Figures are medians of alternating runs; rates of a shared machine vary, so read the ratios and the CPU per command.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { andon } from './andon.ts';
import type { Contender } from './contender.ts';
import { type Cpu, cpuNow, cpuSince } from './cpu.ts';
import { pgCte } from './peers/pg-cte.ts';
import { pgUpdate } from './peers/pg-update.ts';
import { openStand, type Stand } from './stand.ts';

const OPERATORS = 64;
const RUNS = 3;
const ORDERS = Number(process.env['ANDON_BENCH_ORDERS'] ?? 6_000);
const RACES = 60;

interface StormResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: Cpu;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
const median = (values: readonly number[]): number => quantile(values, 0.5);

/** 64 operators take order after order: capture, start, complete. */
async function storm(stand: Stand, contender: Contender): Promise<StormResult> {
  const orders = await contender.prepare(ORDERS);
  const latencies: number[] = [];
  let next = 0;
  const before = cpuNow(stand);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: OPERATORS }, async (_, operator) => {
      for (let order = orders[next++]; order !== undefined; order = orders[next++]) {
        for (const step of ['capture', 'start', 'complete'] as const) {
          const sent = performance.now();
          if (!(await contender.step(step, order, operator))) throw new Error(`${contender.name} refused ${step}`);
          latencies.push(performance.now() - sent);
        }
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const used = cpuSince(cpuNow(stand), before);
  const commands = latencies.length;
  return {
    perSecond: commands / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: { node: used.node / commands, postgres: used.postgres / commands, redis: used.redis / commands },
  };
}

/** Milliseconds until all 64 know who has it. */
async function races(contender: Contender): Promise<number> {
  const orders = await contender.prepare(RACES);
  const times: number[] = [];
  for (const order of orders) {
    const begun = performance.now();
    const won = await Promise.all(
      Array.from({ length: OPERATORS }, (_, operator) => contender.step('capture', order, operator)),
    );
    times.push(performance.now() - begun);
    if (won.filter(Boolean).length !== 1) throw new Error(`${contender.name}: ${won.filter(Boolean).length} winners`);
    const winner = won.indexOf(true);
    await contender.step('start', order, winner);
    await contender.step('complete', order, winner);
  }
  return median(times);
}

/** Feeds and the reconciler run beside, as in production, in a process of their own. */
function startKeeper(stand: Stand): () => Promise<void> {
  const child = fork(join(import.meta.dirname, '../src/main.ts'), ['keeper'], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: stand.databaseUrl,
      DATABASE_ADMIN_URL: stand.adminUrl,
      REDIS_URL: stand.redisUrl,
      ANDON_SECRET: 'a secret of at least thirty-two characters',
      ANDON_TOKEN_KEY: 'unused',
      ANDON_LOG: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}

const stand = await openStand();
const stopKeeper = startKeeper(stand);
try {
  const contenders = [
    await andon(stand, OPERATORS),
    pgCte(stand.adminUrl, OPERATORS),
    pgUpdate(stand.adminUrl, OPERATORS),
  ];
  const storms = new Map<string, StormResult[]>(contenders.map(({ name }) => [name, []]));
  const raced = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let run = 0; run <= RUNS; run++) {
    for (const contender of contenders) {
      const result = await storm(stand, contender);
      const race = await races(contender);
      if (run === 0) continue; // warm-up
      storms.get(contender.name)?.push(result);
      raced.get(contender.name)?.push(race);
      console.error(`run ${run} ${contender.name}: ${Math.round(result.perSecond)}/s, race ${race.toFixed(2)} ms`);
    }
  }
  const row = (name: string): Record<string, string> => {
    const results = storms.get(name) ?? [];
    const of = (pick: (r: StormResult) => number): number => median(results.map(pick));
    const base = median((storms.get('andon') ?? []).map((r) => r.perSecond));
    return {
      'commands/s': of((r) => r.perSecond).toFixed(0),
      'andon ÷ it': (base / of((r) => r.perSecond)).toFixed(2),
      'p50 ms': of((r) => r.p50).toFixed(1),
      'p99 ms': of((r) => r.p99).toFixed(1),
      'CPU µs node': of((r) => r.cpu.node).toFixed(0),
      Postgres: of((r) => r.cpu.postgres).toFixed(0),
      Redis: of((r) => r.cpu.redis).toFixed(0),
      'race of 64, p50 ms': median(raced.get(name) ?? []).toFixed(2),
    };
  };
  console.table(Object.fromEntries(contenders.map(({ name }) => [name, row(name)])));
  for (const contender of contenders) await contender.close();
} finally {
  await stopKeeper();
  await stand.close();
}
