/** How much is measured. Every figure can be given by the environment; a bench with small figures takes seconds. */
const DEFAULTS = {
  /** Timed runs of each contender, after one to warm up. */
  runs: ['ANDON_BENCH_RUNS', 3],
  /** Orders of one storm; each is captured, started and completed. */
  orders: ['ANDON_BENCH_ORDERS', 6_000],
  operators: ['ANDON_BENCH_OPERATORS', 64],
  /** Races for one order in one run. */
  races: ['ANDON_BENCH_RACES', 60],
  /** How long a run lasts that is not bounded by orders. */
  seconds: ['ANDON_BENCH_SECONDS', 4],
  /** Commands a second where the rate is given. */
  rate: ['ANDON_BENCH_RATE', 5_000],
  /** Orders in the small and in the big log, with some 4.5 rows each: 5 million rows. */
  small: ['ANDON_BENCH_SMALL', 10_000],
  big: ['ANDON_BENCH_BIG', 1_120_000],
  /** Of the orders, those on the board. */
  board: ['ANDON_BENCH_BOARD', 10_000],
  /** Clients that read at once. */
  clients: ['ANDON_BENCH_CLIENTS', 32],
  /** Sockets on one board, and those of the parts that want many. */
  sockets: ['ANDON_BENCH_SOCKETS', 1_000],
  manySockets: ['ANDON_BENCH_MANY_SOCKETS', 5_000],
  /** Connections on which nothing happens. */
  idle: ['ANDON_BENCH_IDLE', 2_000],
  boards: ['ANDON_BENCH_BOARDS', 50],
  /** On one board. */
  cards: ['ANDON_BENCH_CARDS', 300],
  /** Of a busy board, each second. */
  changes: ['ANDON_BENCH_CHANGES', 100],
  /** How long a run lasts while sockets watch. */
  liveSeconds: ['ANDON_BENCH_LIVE_SECONDS', 10],
  churnMinutes: ['ANDON_BENCH_CHURN_MINUTES', 1],
  /** What a page shows, how often that changes each second, and for how long somebody scrolls in it. */
  pageCards: ['ANDON_BENCH_PAGE_CARDS', 5_000],
  pageChanges: ['ANDON_BENCH_PAGE_CHANGES', 200],
  pageSeconds: ['ANDON_BENCH_PAGE_SECONDS', 60],
} as const satisfies Readonly<Record<string, readonly [string, number]>>;

export type Settings = { readonly [K in keyof typeof DEFAULTS]: number };

export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const entries = Object.entries(DEFAULTS).map(([name, [variable, fallback]]) => {
    const text = env[variable];
    const value = text === undefined || text === '' ? fallback : Number(text);
    if (!Number.isInteger(value) || value < 1) throw new Error(`${variable} must be a whole number from 1`);
    return [name, value];
  });
  return Object.fromEntries(entries) as Settings;
}
