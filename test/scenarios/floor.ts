/** Stories of several people on a running product: who takes part, how far an order is, what each of them sees. */
import { io, type Socket } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { type Api, type Reply, signIn } from '../_kit/api.ts';
import { type Product, type ProductOptions, startProduct } from '../_kit/product.ts';
import type { Fixture } from '../_kit/spec.ts';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { boardEqualsLog, logIsWhole } from './truth.ts';

type Json = ReturnType<typeof JSON.parse>;

export interface Client {
  readonly socket: Socket;
  ask(event: string, message: object): Promise<Json>;
}

export interface Floor {
  readonly product: Product;
  readonly buyer: Api;
  /** A new member of staff, signed in. */
  staff(role: string, options?: { site?: string; limit?: number }): Promise<Api>;
  /** New operators on shift. */
  operator(options?: { site?: string; limit?: number }): Promise<Api>;
  /** A socket to one of the nodes, counted from 0. */
  connect(namespace: '/mes' | '/storefront', who: Api, node?: number): Promise<Client>;
  node(n: number): string;
}

/** A whole product is started within the first of them. */
export const OF_A_STORY = { deadlineMs: 120_000, shared: true };

/** Lends a product of two nodes, without pages: nobody looks at them. After the last story the boards must equal the log. */
export const withFloor =
  ({ env = {} }: Pick<ProductOptions, 'env'> = {}): Fixture<Floor> =>
  async (lend) => {
    const product = await startProduct({ nodes: 2, env: { ANDON_PAGES: 'no-pages', ...env } });
    const sockets: Socket[] = [];
    const node = (n: number): string => product.nodes[n % product.nodes.length] ?? product.url;
    const staff: Floor['staff'] = async (role, of = {}) => {
      const [login] = await product.addUsers(role, of);
      return signIn(product.url, login!);
    };
    try {
      await lend({
        product,
        buyer: await newBuyer(product.url),
        staff,
        node,
        async operator({ site = 'north', ...limit } = {}) {
          const operator = await staff('operator', { site, ...limit });
          done(await operator.post('/api/operators/me/start-shift'));
          return operator;
        },
        async connect(namespace, who, n = 0) {
          const options = {
            transports: ['websocket'],
            forceNew: true,
            reconnection: false,
            auth: { token: who.token },
          };
          const socket = io(`${node(n)}${namespace}`, options);
          sockets.push(socket);
          await new Promise<void>((resolve, reject) => {
            socket.once('connect', resolve);
            socket.once('connect_error', reject);
          });
          return { socket, ask: (event, message) => socket.timeout(5_000).emitWithAck(event, message) };
        },
      });
      await logIsWhole(product);
      for (const site of ['north', 'south']) await boardEqualsLog(product, await staff('supervisor', { site }), site);
    } finally {
      for (const socket of sockets) socket.close();
      await product.close();
    }
  };

/** The body of what was accepted. */
export function done({ status, body }: Reply): Json {
  assert.ok(status === 200 || status === 201, `${status} ${JSON.stringify(body)}`);
  return body;
}

/** The body of a refusal with this code. */
export function refused({ status, body }: Reply, code: string): Json {
  assert.equal([status, body.code], [409, code], JSON.stringify(body));
  return body;
}

export const read = async (who: Api, id: string): Promise<Json> => done(await who.get(`/api/orders/${id}`));

export const timelineOf = async (who: Api, id: string): Promise<Json[]> =>
  done(await who.get(`/api/orders/${id}/timeline`)).items;

export const typesOf = (items: readonly { type: string }[]): string[] => items.map(({ type }) => type);

export async function captured(buyer: Api, operator: Api, options: { site?: string } = {}): Promise<Json> {
  const { id, epoch } = await approvedOrder(buyer, options);
  return done(await operator.order(id, 'capture', { epoch }));
}

export async function started(buyer: Api, operator: Api): Promise<Json> {
  const { id, epoch } = await captured(buyer, operator);
  return done(await operator.order(id, 'start', { epoch }));
}

export async function completed(buyer: Api, operator: Api): Promise<Json> {
  const { id, epoch } = await started(buyer, operator);
  return done(await operator.order(id, 'complete', { epoch }));
}

/** Cards of a lane as its page shows them. */
export const lane = async (who: Api, site: string, name: string, sort = 'recent', at?: string): Promise<Json[]> =>
  done(await who.get(`/api/boards/${site}?lane=${name}&sort=${sort}`, at === undefined ? {} : { at })).items;

export const ordersIn = async (...of: Parameters<typeof lane>): Promise<string[]> =>
  (await lane(...of)).map((card) => card.order);

/** How many orders an operator holds, as its site's list says. */
export async function heldBy(who: Api, operator: Api): Promise<number> {
  const { items } = done(await who.get('/api/operators?limit=200'));
  return items.find(({ id }: { id: string }) => id === operator.id).held;
}

/** An order as somebody follows it: every version that came, which must be the next one each time. */
export class Followed {
  readonly changes: Json[] = [];
  readonly faults: string[] = [];
  /** As it was when the following began. */
  readonly order: Json;

  private constructor(order: Json) {
    this.order = order;
  }

  static async begin({ socket, ask }: Client, id: string): Promise<Followed> {
    const early: Json[] = [];
    let followed: Followed | undefined;
    socket.on('order:changed', (change: Json) => {
      if (change.order !== id) return;
      if (followed === undefined) early.push(change);
      else followed.#take(change);
    });
    const ack = await ask('track', { order: id });
    assert.ok(ack.ok, JSON.stringify(ack));
    followed = new Followed(ack.order);
    for (const change of early) followed.#take(change);
    return followed;
  }

  #take(change: Json): void {
    const last = this.changes.at(-1)?.version ?? this.order.version;
    if (change.version !== last + 1) this.faults.push(`version ${change.version} after ${last}`);
    this.changes.push(change);
  }

  /** The first change of this type later than that version; waits for it. */
  async sees(type: string, after = 0): Promise<Json> {
    const change = await until(
      `${type} is seen`,
      () => this.changes.find(({ types, version }) => version > after && types.includes(type)),
      20_000,
    );
    assert.equal(this.faults, []);
    return change;
  }
}
