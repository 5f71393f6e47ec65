/** A web node with its sockets, as it is wired in main.ts, and clients as an outsider would write them. */
import { createHash } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { materialsAt } from '../../actors/pricing/book.ts';
import type { Frame, Frames, Part, People, Ready, Resync, Snapshot } from '../../gateways/contract/board.ts';
import type { Lane } from '../../gateways/contract/card.ts';
import type { BoardOpenAck } from '../../gateways/contract/live.ts';
import { comparePositions } from '../../gateways/contract/position.ts';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { mesLive } from '../../gateways/mes/live.ts';
import { storefrontLive } from '../../gateways/storefront/live.ts';
import type { Config } from '../../src/config.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import { openSockets, type Sockets } from '../../src/live/socket-server.ts';
import { BoardTail } from '../../src/views/board-tail.ts';
import { CaughtUp } from '../../src/views/caught-up.ts';
import { placesInQueue } from '../../src/work/pace.ts';
import type { Api } from '../_kit/api.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BOOK } from '../actors/world.ts';
import { type NodeOptions, openRest, type RestNode, withSettings } from './open-rest.ts';
import { hashOf, OWN } from './wire-rest.ts';

export interface Client {
  readonly socket: Socket;
  ask(event: string, message: unknown): Promise<ReturnType<typeof JSON.parse>>;
}

export interface ConnectOptions {
  readonly origin?: string;
  readonly cookie?: string;
  readonly token?: unknown;
  /** Address of the node, for who comes by way of something. */
  readonly via?: string;
}

export interface LiveNode extends RestNode {
  readonly sockets: Sockets;
  /** Resolves when connected, rejects with the `data` of `connect_error`. */
  connect(namespace: string, who: Api | ConnectOptions): Promise<Client>;
}

export interface Live extends LiveNode {
  /** Another node of the same product, with settings of its own. */
  another(own?: Partial<Config>): Promise<LiveNode>;
  readonly config: Config;
}

async function openLive(config: Config, clients: Socket[]): Promise<LiveNode> {
  const rest = await openRest(config);
  const { core, runtime, directory, boards, cold, texts, identity, revocations, shares, url, presence, flow } = rest;
  const { redis, keys, reader, pool } = core;
  const sockets = openSockets({
    server: rest.server,
    spaces: [
      mesLive({
        directory,
        runtime,
        hashOf,
        boards,
        caughtUp: new CaughtUp({ redis, keys, pool }),
        cold,
        ...texts,
        claims: (...prefixes) => reader.claims(...prefixes),
        presence,
        present: (operators) => presence.of(operators),
        sites: () => BOOK.map(({ site }) => site),
        materials: (site) => materialsAt(BOOK, site),
        tail: (options) => new BoardTail({ redis, keys, ...options }),
        notices: {
          subscriber: redis.dedicated('andon notices', { offlineQueue: false }),
          channel: (to) => keys.you(to),
        },
        flow,
        graceMs: config.graceMs,
        frameMs: config.frameMs,
        coldMs: 200,
      }),
      storefrontLive({
        directory,
        runtime,
        shares,
        sharesEnded: keys.sharesEnded(),
        rows: (kind, actor, since, limit) => reader.rows(kind, actor, since, limit),
        versions: (orders) => reader.versions(orders.map((actor) => ({ kind: 'order', actor }))),
        pricePlaces: (orders) => placesInQueue(core.pool, 'price', orders),
        progressMs: 50,
        channel: (order) => keys.live('order', order),
        subscriber: redis.dedicated('andon orders', { offlineQueue: false }),
        checkMs: 25_000,
        awayCheckMs: 200,
      }),
    ],
    subscriber: redis.dedicated('andon sessions', { offlineQueue: false }),
    sessionsEnded: keys.sessionsEnded(),
    lookSession: (sid) => identity.sessions.look(sid),
    sessionHasEnded: (sid) => revocations.has(sid),
    principalOf: (token) => identity.principalOf(token),
    origins: new Set([OWN]),
    proxies: config.proxies,
    socketsPerUser: config.socketsPerUser,
    socketsPerAddress: config.socketsPerAddress,
    rate: new RateLimit(config.requestsPerSecond),
    statusOf: httpStatusOf,
    log: core.log,
  });
  return {
    ...rest,
    sockets,
    connect: (namespace, who) => connect(`${('via' in who && who.via) || url}${namespace}`, who, clients),
    async close() {
      await sockets.close();
      await rest.close();
    },
  };
}

async function connect(url: string, who: Api | ConnectOptions, clients: Socket[]): Promise<Client> {
  const { token } = who;
  const { origin, cookie } = 'url' in who ? {} : who;
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(token === undefined ? {} : { auth: { token } }),
    extraHeaders: { ...(origin ? { origin } : {}), ...(cookie ? { cookie } : {}) },
  });
  clients.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: object }) => reject(error.data ?? error));
  });
  return { socket, ask: (event, message) => socket.timeout(5_000).emitWithAck(event, message) };
}

export const withLive =
  (options: NodeOptions = {}): Fixture<Live> =>
  (lend, title) =>
    withSettings(options)(async (config) => {
      const nodes: LiveNode[] = [];
      const clients: Socket[] = [];
      const another = async (own: Partial<Config> = {}): Promise<LiveNode> => {
        const node = await openLive({ ...config, ...own }, clients);
        nodes.push(node);
        return node;
      };
      try {
        await lend({ ...(await another()), another, config });
      } finally {
        for (const socket of clients) socket.close();
        for (const node of nodes) await node.close();
      }
    }, title);

/**
 * Waits until the board has what the log has. Transactions of other tests on the same server may hold the feeds back for
 * a while, and a board that is made meanwhile gets the rest as changes.
 */
export async function boardCaughtUp({ core, boards }: Live, site = 'north'): Promise<void> {
  const behind = `SELECT FROM actor_log l LEFT JOIN orders o ON o.id = l.actor_id
    WHERE l.kind = 'order' AND (o.id IS NULL OR o.version < l.version) LIMIT 1`;
  await until(
    'the board has what the log has',
    async () => {
      if ((await core.pool.query(behind)).rowCount !== 0) return false;
      const { rows } = await core.pool.query('SELECT FROM orders WHERE site = $1 AND lane IS NOT NULL', [site]);
      const { counts, rebuilding, stale } = await boards.digest(site);
      const shown = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return rebuilding === undefined && stale === undefined && shown === rows.length;
    },
    20_000,
  );
}

interface Place {
  readonly version: number;
  readonly lane: Lane | null;
}

/** A client of one board that keeps its picture and checks that frames follow each other without a gap. */
export class BoardClient {
  readonly client: Client;
  readonly site: string;
  readonly frames: Frame[] = [];
  readonly parts: Part[] = [];
  readonly resyncs: Resync[] = [];
  /** What should not have come. */
  readonly faults: string[] = [];
  readonly places = new Map<string, Place>();
  people: People = {};
  epoch = '';
  at = '';
  ready: Ready | undefined;
  answer: Snapshot | Frames | undefined;
  #early: Frame[] = [];

  readonly #patienceMs: number;

  /** `patienceMs`: for the answer and for the rest of it. */
  constructor(client: Client, site = 'north', patienceMs = 5_000) {
    this.client = client;
    this.site = site;
    this.#patienceMs = patienceMs;
    client.socket.on('board:frame', (frame: Frame) => (this.ready ? this.#take(frame) : this.#early.push(frame)));
    client.socket.on('board:part', (part: Part, done: () => void) => {
      this.parts.push(part);
      for (const card of part.items) this.#put(card.order, card.version, part.lane);
      done();
    });
    client.socket.on('board:ready', (ready: Ready) => {
      this.ready = ready;
      for (const frame of this.#early.splice(0)) this.#take(frame);
    });
    client.socket.on('board:resync', (resync: Resync) => this.resyncs.push(resync));
  }

  /** What comes right behind the answer may be delivered in the same tick: the answer is taken in its callback. */
  async open(resume?: { epoch: string; at: string }): Promise<Snapshot | Frames> {
    this.ready = undefined;
    this.#early = [];
    const { promise, resolve, reject } = Promise.withResolvers<Snapshot | Frames>();
    const message = { site: this.site, ...(resume ? { resume } : {}) };
    this.client.socket
      .timeout(this.#patienceMs)
      .emit('board:open', message, (error: Error | null, answer: BoardOpenAck) => {
        if (error) reject(error);
        else if (!answer.ok) reject(Object.assign(new Error(JSON.stringify(answer)), answer));
        else resolve(this.#opened(answer, resume?.at ?? ''));
      });
    const answer = await promise;
    await until('the snapshot is complete', () => this.ready !== undefined, 2 * this.#patienceMs);
    return answer;
  }

  /** Lower-case hex SHA-256 of the picture that this client has, as the surface describes it. */
  digest(): string {
    const hash = createHash('sha256');
    const orders = [...this.places].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const lane of ['new', 'in_work', 'made'])
      for (const [order, place] of orders) if (place.lane === lane) hash.update(`${lane} ${order} ${place.version}\n`);
    return hash.digest('hex');
  }

  #opened(answer: Snapshot | Frames, at: string): Snapshot | Frames {
    this.answer = answer;
    this.epoch = answer.epoch;
    this.at = answer.mode === 'frames' ? at : answer.at;
    if (answer.mode === 'frames') {
      this.ready = { site: this.site, epoch: answer.epoch, at, digest: '' };
      for (const frame of answer.frames) this.#take(frame);
      return answer;
    }
    this.places.clear();
    this.people = answer.people;
    for (const lane of ['new', 'in_work', 'made'] as const)
      for (const card of answer.lanes[lane].items) this.#put(card.order, card.version, lane);
    return answer;
  }

  #take(frame: Frame): void {
    this.frames.push(frame);
    if (frame.epoch !== this.epoch) this.faults.push(`a frame of epoch ${frame.epoch} in ${this.epoch}`);
    if (frame.from !== this.at) this.faults.push(`a gap: from ${frame.from}, but ${this.at} was the last`);
    if (comparePositions(frame.to, frame.from) <= 0) this.faults.push(`from ${frame.from} to ${frame.to}`);
    this.at = frame.to;
    this.people = { ...this.people, ...frame.people };
    for (const { order, version, lane } of frame.changes) this.#put(order, version, lane);
  }

  #put(order: string, version: number, lane: Lane | null): void {
    if ((this.places.get(order)?.version ?? 0) < version) this.places.set(order, { version, lane });
  }
}
