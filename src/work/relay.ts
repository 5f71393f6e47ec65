/**
 * The relay: looks for work that is due and tells the workers by wake-ups. A wake-up says "look for work of this kind" and
 * nothing else, so none of them matters: one that is lost is made good by the next look of a worker, one too many finds
 * nothing. While the broker is away there is nobody to tell, and nothing is looked for.
 */
import { randomUUID } from 'node:crypto';
import type { Outgoing } from '../amqp/publisher.ts';
import type { Speed, Topology } from '../amqp/topology.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { follow } from '../views/follow.ts';

interface Pressure {
  readonly kind: string;
  readonly slow: boolean;
  readonly count: number;
  readonly newest: number;
}

const pressure = statement<Pressure>(import.meta.url, 'sql/pressure');

/** Wake-ups for one kind and speed at once: more workers than that need not look at the same moment. */
const MOST = 16;
const AGAIN_MS = 1_000;

export interface RelayOptions {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  readonly kinds: readonly string[];
  readonly topology: Topology;
  /** Whether the broker can be reached. */
  connected(): boolean;
  send(messages: readonly Outgoing[]): Promise<void>;
  told(kind: string, wakeUps: number): void;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Between two looks, milliseconds. */
  readonly everyMs: number;
  /** What still waits is told of again after this, milliseconds. */
  readonly againMs?: number;
}

interface Told {
  readonly count: number;
  readonly newest: number;
  readonly at: number;
}

export class Relay {
  readonly #options: RelayOptions;
  /** By queue: the pressure that was last told. */
  #told = new Map<string, Told>();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Until the signal. Two at once only wake more often. */
  run(signal: AbortSignal): Promise<void> {
    return follow(signal, () => this.step(), {
      pauseMs: this.#options.everyMs,
      report: (error) => this.#options.report('the relay stumbled', { error }),
    });
  }

  async step(): Promise<false> {
    const { pool, kinds, topology, connected, send, told, againMs = AGAIN_MS } = this.#options;
    if (!connected()) return false;
    const now = performance.now();
    const next = new Map<string, Told>();
    const news: Pressure[] = [];
    for (const line of await pressure.run(pool, [kinds, MOST])) {
      const queue = topology.workQueue(line.kind, speedOf(line));
      const before = this.#told.get(queue);
      const isNews = before === undefined || isMore(line, before) || now - before.at >= againMs;
      if (isNews) news.push(line);
      next.set(queue, { count: line.count, newest: line.newest, at: isNews ? now : before.at });
    }
    await send(news.flatMap((line) => wakeUps(topology, line)));
    this.#told = next;
    for (const { kind, count } of news) told(kind, Math.min(count, MOST));
    return false;
  }
}

const speedOf = ({ slow }: Pressure): Speed => (slow ? 'slow' : 'fast');

const isMore = (line: Pressure, before: Told): boolean => line.count > before.count || line.newest > before.newest;

function wakeUps(topology: Topology, line: Pressure): Outgoing[] {
  const key = topology.workQueue(line.kind, speedOf(line));
  return Array.from({ length: Math.min(line.count, MOST) }, () => ({
    exchange: '',
    key,
    content: Buffer.from(line.kind),
    options: { mandatory: true, persistent: false, messageId: randomUUID() },
  }));
}
