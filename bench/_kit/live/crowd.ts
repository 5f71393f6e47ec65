/** Many watchers in one process. */
import { setTimeout as sleep } from 'node:timers/promises';
import { clock } from '../clock.ts';
import { needDescriptors } from '../descriptors.ts';
import { quantile } from '../figures.ts';
import { Group } from './arrivals.ts';
import type { Commit } from './commits.ts';
import { type Delays, delaysOf } from './figures.ts';
import { Watcher, type Watching } from './watcher.ts';
import { WAYS, type WayName } from './ways.ts';

export interface Figures extends Delays {
  readonly messages: number;
  readonly bytes: number;
  /** Boards that were to be opened again meanwhile. */
  readonly resyncs: number;
}

export interface ComeBack {
  readonly clients: number;
  /** From the first attempt until caught up. */
  readonly p50: number;
  readonly p99: number;
  readonly attempts: number;
  /** Clients that were shown everything anew. */
  readonly wholes: number;
  readonly bytes: number;
}

const OPENING = 50;
const LOOK_MS = 50;
/** What did not arrive by then is missing. */
const LATEST_MS = 30_000;
const RETRY_MS = 250;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export class Crowd {
  readonly #way: WayName;
  readonly watchers: readonly Watcher[];
  readonly #groups = new Map<string, Group>();
  /** In a row, those at one node apart from those at another. */
  readonly #at: string[] = [];
  #before = { messages: 0, bytes: 0, resyncs: 0 };

  constructor(way: WayName, watching: readonly Watching[]) {
    needDescriptors(watching.length);
    this.#way = way;
    this.watchers = watching.map((one) => new Watcher(WAYS[way], one));
  }

  /** Spread over the nodes; resolves when all are told everything. */
  async open(urls: readonly string[]): Promise<void> {
    let next = 0;
    const some = async (): Promise<void> => {
      for (let n = next++; n < this.watchers.length; n = next++) await this.openOne(n, urls[n % urls.length] ?? '');
    };
    await Promise.all(Array.from({ length: OPENING }, some));
  }

  async openOne(n: number, url: string): Promise<void> {
    const watcher = this.watchers[n];
    if (watcher === undefined) return;
    const { about } = watcher.watching;
    const key = `${url} ${about}`;
    const group = this.#groups.get(key) ?? new Group(WAYS[this.#way], about);
    this.#groups.set(key, group);
    this.#at[n] = url;
    await watcher.open(url, group);
  }

  /** From now on everything counts. */
  begin(): void {
    for (const group of this.#groups.values()) group.forget();
    this.#before = this.#received();
  }

  /** Waits until everybody has everything. `sites`: of the orders, where boards are watched. */
  async figures(commits: readonly Commit[], sites?: Readonly<Record<string, string>>): Promise<Figures> {
    const aboutOf = ({ order }: Commit): string => (sites === undefined ? order : (sites[order] ?? ''));
    const until = clock() + LATEST_MS;
    for (;;) {
      const delays = delaysOf(this.#groups.values(), commits, aboutOf);
      if (delays.missing > 0 && clock() < until) {
        await sleep(LOOK_MS);
        continue;
      }
      const { messages, bytes, resyncs } = this.#received();
      const before = this.#before;
      return {
        ...delays,
        messages: messages - before.messages,
        bytes: bytes - before.bytes,
        resyncs: resyncs - before.resyncs,
      };
    }
  }

  /** Whoever is cut off comes back to another node, after up to `jitterMs`; resolves when all did. */
  async comeBack(urls: readonly string[], jitterMs: number): Promise<ComeBack> {
    this.#before = this.#received();
    const wholes = sum(this.watchers.map((watcher) => watcher.wholes));
    let attempts = 0;
    const back = async (n: number, watcher: Watcher): Promise<number> => {
      await new Promise<void>((resolve) => {
        watcher.lost = resolve;
      });
      watcher.lost = undefined;
      await sleep(Math.random() * jitterMs);
      const first = clock();
      for (;;) {
        attempts += 1;
        const others = urls.filter((url) => url !== this.#at[n]);
        try {
          await this.openOne(n, others[n % others.length] ?? '');
          return clock() - first;
        } catch {
          watcher.close();
          await sleep(RETRY_MS * (1 + Math.random()));
        }
      }
    };
    const times = await Promise.all(this.watchers.map((watcher, n) => back(n, watcher)));
    return {
      clients: times.length,
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      attempts,
      wholes: sum(this.watchers.map((watcher) => watcher.wholes)) - wholes,
      bytes: this.#received().bytes - this.#before.bytes,
    };
  }

  close(): void {
    for (const watcher of this.watchers) watcher.close();
  }

  #received(): { readonly messages: number; readonly bytes: number; readonly resyncs: number } {
    const all = this.watchers.map((watcher) => watcher.received);
    return {
      messages: sum(all.map(({ messages }) => messages)),
      bytes: sum(all.map(({ bytes }) => bytes)),
      resyncs: sum(this.watchers.map(({ resyncs }) => resyncs)),
    };
  }
}
