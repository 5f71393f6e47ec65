/**
 * Redis as the runtime sees it: states, leases, remembered refusals, hints and places on boards. What is asked during
 * one turn of the event loop goes out together.
 *
 * H1 Nothing here decides: whatever is lost, late or doubled costs a look into Postgres, never a wrong result.
 * H2 A load that failed leaves no lease behind: one that was taken all the same is given back.
 * H3 Boards are written before states and leases in the same breath: who finds the state finds the card.
 */
import { type Encoded, encodeFinish, encodeLoad } from './encode.ts';
import type { FinishItem, FinishReply, HotState, LoadReply, LoadRequest } from './items.ts';
import type { Keys } from './keys.ts';
import type { Redis } from './redis.ts';
import { run } from './script.ts';
import { type LoadedItem, SCRIPTS } from './scripts.ts';
import { Tick } from './tick.ts';

export interface HotOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly leaseMs: number;
  readonly stateTtlMs: number;
  readonly refusalTtlMs: number;
  readonly streamKeep: number;
}

/** Measured: 20 µs of Redis per order, so 64 stay below 2 ms and others wait no longer. */
const MOST_ITEMS = 64;
const MOST_BYTES = 256 * 1024;

export class Hot {
  readonly #options: HotOptions;
  readonly #loads: Tick<LoadRequest, LoadReply>;
  readonly #finishes: Tick<Encoded, FinishReply>;
  readonly #reads: Tick<{ readonly kind: string; readonly actor: string }, HotState | undefined>;

  constructor(options: HotOptions) {
    this.#options = options;
    const limits = { mostItems: MOST_ITEMS, mostSize: MOST_BYTES };
    this.#loads = new Tick({ ...limits, size: () => 0, run: (items) => this.#load(items) });
    this.#finishes = new Tick({ ...limits, size: ({ size }) => size, run: (items) => this.#finish(items) });
    this.#reads = new Tick({ ...limits, size: () => 0, run: (items) => this.#read(items) });
  }

  /** Replies in the order of the requests. Rejects with `redis_away` as a whole. */
  async load(requests: readonly LoadRequest[]): Promise<readonly LoadReply[]> {
    const settled = await Promise.allSettled(requests.map((request) => this.#loads.add(request)));
    const replies: LoadReply[] = [];
    for (const outcome of settled) {
      if (outcome.status === 'fulfilled') replies.push(outcome.value);
      else {
        this.#giveBack(requests.filter((_, i) => isLeased(settled[i])));
        throw outcome.reason;
      }
    }
    return replies;
  }

  /** Replies in the order of the items. On rejection nothing is known about any of them; all may be repeated. */
  async finish(items: readonly FinishItem[]): Promise<readonly FinishReply[]> {
    const encoded = items.map((item) => encodeFinish(this.#options.keys, item));
    return Promise.all(encoded.map((item) => this.#finishes.add(item)));
  }

  /** States without lease; undefined = Redis does not know the actor. */
  read(
    actors: readonly { readonly kind: string; readonly actor: string }[],
  ): Promise<readonly (HotState | undefined)[]> {
    return Promise.all(actors.map((actor) => this.#reads.add(actor)));
  }

  async #load(requests: readonly LoadRequest[]): Promise<readonly LoadReply[]> {
    const { redis, keys, leaseMs, stateTtlMs } = this.#options;
    const argv = requests.flatMap((request) => encodeLoad(keys, request));
    const late = (reply: unknown): void => {
      const items = SCRIPTS.load.read(reply);
      this.#giveBack(requests.filter((_, i) => items[i]?.lease));
    };
    const items = await run(redis, SCRIPTS.load, [routeOf(keys, requests[0])], [leaseMs, stateTtlMs, ...argv], {
      late,
    });
    return requests.map((request, i) => toReply(request, items[i]));
  }

  async #finish(items: readonly Encoded[]): Promise<readonly FinishReply[]> {
    const { redis, stateTtlMs, refusalTtlMs, streamKeep } = this.#options;
    const argvOf = (script: Encoded['script']): (string | number)[] =>
      items.flatMap((item) => (item.script === script ? item.argv : []));
    const [places, others] = [argvOf('place'), argvOf('finish')];
    const [placed, finished] = await Promise.all([
      places.length === 0 ? [] : run(redis, SCRIPTS.place, [`${places[0]}meta`], [streamKeep, ...places]),
      others.length === 0 ? [] : run(redis, SCRIPTS.finish, [String(others[1])], [stateTtlMs, refusalTtlMs, ...others]),
    ]);
    let [p, f] = [0, 0];
    return items.map(({ script }) => (script === 'place' ? placed[p++] : finished[f++]) ?? '');
  }

  #read(
    actors: readonly { readonly kind: string; readonly actor: string }[],
  ): Promise<readonly (HotState | undefined)[]> {
    const names = actors.map(({ kind, actor }) => this.#options.keys.state(kind, actor));
    return run(this.#options.redis, SCRIPTS.read, names.slice(0, 1), names);
  }

  #giveBack(requests: readonly LoadRequest[]): void {
    const items = requests.flatMap((request): FinishItem[] =>
      request.type === 'actor'
        ? [{ type: 'unlock', kind: request.kind, actor: request.actor, token: request.token }]
        : [],
    );
    this.finish(items).catch(() => undefined); // the lease runs out by itself
  }
}

const isLeased = (outcome: PromiseSettledResult<LoadReply> | undefined): boolean =>
  outcome?.status === 'fulfilled' && outcome.value.type === 'actor' && outcome.value.lease;

const routeOf = (keys: Keys, request: LoadRequest | undefined): string =>
  request === undefined ? '' : keys.state(request.kind, request.actor);

function toReply(request: LoadRequest, item: (LoadedItem & { readonly lease: boolean }) | undefined): LoadReply {
  const state = item?.state === undefined ? {} : { state: item.state };
  if (request.type === 'fact') return { type: 'fact', ...state, slots: (item?.rest ?? []).map(Number) };
  return { type: 'actor', lease: item?.lease ?? false, ...state, refusals: item?.rest ?? [] };
}
