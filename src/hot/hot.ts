/**
 * Redis as the runtime sees it: states, leases, remembered refusals, hints and places on boards. What is asked during
 * one turn of the event loop goes out together.
 *
 * H1 Nothing here decides: whatever is lost, late or doubled costs a look into Postgres, never a wrong result.
 * H2 A load that failed leaves no lease behind: one that was taken all the same is given back.
 * H3 Boards are written before states and leases in the same breath: who finds the state finds the card.
 * H4 States are read after the leases were taken, by a call right behind: nobody with a lease writes in between. (Where
 *    Redis has forgotten the script the state is the older one: a lost append, no more.)
 */
import { type Encoded, encodeFinish, encodeLoad } from './encode.ts';
import type { FinishItem, FinishReply, HotState, LoadReply, LoadRequest } from './items.ts';
import type { Keys } from './keys.ts';
import type { Redis } from './redis.ts';
import { run } from './script.ts';
import { SCRIPTS } from './scripts.ts';
import { readState } from './state-text.ts';
import { Tick } from './tick.ts';

export interface HotOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly leaseMs: number;
  readonly stateTtlMs: number;
  readonly refusalTtlMs: number;
  readonly streamKeep: number;
}

type Texts = readonly (string | null)[];
type Actor = { readonly kind: string; readonly actor: string };

/** Measured: 20 µs of Redis per order, so 64 stay below 2 ms and others wait no longer. */
const MOST_ITEMS = 64;
const MOST_BYTES = 256 * 1024;

export class Hot {
  readonly #options: HotOptions;
  readonly #loads: Tick<readonly LoadRequest[], readonly LoadReply[]>;
  readonly #finishes: Tick<Encoded, readonly FinishReply[]>;
  readonly #reads: Tick<Actor, HotState | undefined>;

  constructor(options: HotOptions) {
    this.#options = options;
    const limits = { mostItems: MOST_ITEMS, mostSize: MOST_BYTES };
    this.#loads = new Tick({
      ...limits,
      size: () => 0,
      count: (requests) => requests.length,
      run: (all) => this.#load(all),
    });
    this.#finishes = new Tick({
      ...limits,
      size: ({ size }) => size,
      count: ({ scripts }) => scripts.length,
      run: (all) => this.#finish(all),
    });
    this.#reads = new Tick({ ...limits, size: () => 0, run: (actors) => this.#read(actors) });
  }

  /** Replies in the order of the requests. Rejects with `redis_away` as a whole. */
  load(requests: readonly LoadRequest[]): Promise<readonly LoadReply[]> {
    return this.#loads.add(requests);
  }

  /** Replies in the order of the items. On rejection nothing is known about any of them; all may be repeated. */
  async finish(items: readonly FinishItem[]): Promise<readonly FinishReply[]> {
    const groups = encodeFinish(this.#options.keys, items, MOST_ITEMS, MOST_BYTES);
    const [only] = groups;
    if (only !== undefined && groups.length === 1) return this.#finishes.add(only);
    return (await Promise.all(groups.map((group) => this.#finishes.add(group)))).flat();
  }

  /** States without lease; undefined = Redis does not know the actor. */
  read(actors: readonly Actor[]): Promise<readonly (HotState | undefined)[]> {
    return Promise.all(actors.map((actor) => this.#reads.add(actor)));
  }

  async #load(all: readonly (readonly LoadRequest[])[]): Promise<readonly (readonly LoadReply[])[]> {
    const { redis, keys, leaseMs } = this.#options;
    const requests = all.flat();
    const argv = [String(leaseMs)];
    const names: string[] = [];
    for (const request of requests) encodeLoad(keys, request, argv, names);
    const giveBack = (taken: readonly unknown[]): void => this.#giveBack(requests.filter((_, i) => taken[i] === 1));
    const late = (reply: unknown): void => giveBack(SCRIPTS.lease.read(reply));
    const leasing = run(redis, SCRIPTS.lease, [argv[2] ?? ''], argv, { late });
    const reading = this.#texts(names);
    try {
      const [taken, texts] = await Promise.all([leasing, reading]);
      let [lease, text] = [0, 0];
      return all.map((some) =>
        some.map((request): LoadReply => {
          const state = readState(texts[text++]);
          const found = taken[lease++];
          const known = state === undefined ? {} : { state };
          if (request.type === 'fact') return { type: 'fact', ...known, slots: Array.isArray(found) ? found : [] };
          const refusals = texts.slice(text, text + request.commandIds.length);
          text += request.commandIds.length;
          return { type: 'actor', lease: found === 1, ...known, refusals };
        }),
      );
    } catch (error) {
      leasing.then(giveBack, () => undefined);
      throw error;
    }
  }

  async #finish(groups: readonly Encoded[]): Promise<readonly (readonly FinishReply[])[]> {
    const { redis, stateTtlMs, refusalTtlMs, streamKeep } = this.#options;
    const places = [String(streamKeep)];
    const others = [String(stateTtlMs), String(refusalTtlMs)];
    for (const { place, finish } of groups) {
      for (const arg of place) places.push(arg);
      for (const arg of finish) others.push(arg);
    }
    const [placed, finished] = await Promise.all([
      places.length === 1 ? [] : run(redis, SCRIPTS.place, [`${places[1]}meta`], places),
      others.length === 2 ? [] : run(redis, SCRIPTS.finish, [others[3] ?? ''], others),
    ]);
    let [p, f] = [0, 0];
    return groups.map(({ scripts }) =>
      scripts.map((script) => (script === 'place' ? placed[p++] : finished[f++]) ?? ''),
    );
  }

  async #read(actors: readonly Actor[]): Promise<readonly (HotState | undefined)[]> {
    const texts = await this.#texts(actors.map(({ kind, actor }) => this.#options.keys.state(kind, actor)));
    return texts.map(readState);
  }

  /** Not by a script: what passes through Lua is hashed byte by byte. */
  async #texts(names: readonly string[]): Promise<Texts> {
    return (await this.#options.redis.call('MGET', names)) as Texts; // what MGET answers
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
