/** The whole story, played by everybody at once, without end: what a fault must not spoil. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUSE } from '../../../actors/roles.ts';
import { Api, signIn } from '../../_kit/api.ts';
import type { Product } from '../../_kit/product.ts';
import { newBuyer, operators, settings } from '../../_kit/story.ts';
import { until } from '../../_kit/until.ts';
import { Book, type Person } from './book.ts';
import { Buyer, Partner } from './customers.ts';
import { LiveBoard } from './live-board.ts';
import { Crm, Operator, Packer } from './staff.ts';

export const SITES = ['north', 'south'] as const;
const LIMIT = 2;
const BUYERS = ['north', 'north', 'north', 'south'];
/** Operators per site. */
const CREWS = { north: 4, south: 1 };

export class Traffic {
  readonly book: Book;
  readonly boards: readonly LiveBoard[];
  readonly partner: Partner;
  /** Who looks at the board of each site. */
  readonly supervisors: ReadonlyMap<string, Api>;
  readonly limit = LIMIT;
  readonly #buyers: readonly Buyer[];
  readonly #operators: readonly Operator[];
  readonly #loops: Promise<void>[] = [];
  #stopped = false;

  private constructor(parts: {
    readonly book: Book;
    readonly buyers: readonly Buyer[];
    readonly partner: Partner;
    readonly operators: readonly Operator[];
    readonly packers: readonly Packer[];
    readonly crm: Crm;
    readonly supervisors: ReadonlyMap<string, Api>;
  }) {
    const { book, buyers, partner, packers, crm } = parts;
    this.book = book;
    this.partner = partner;
    this.supervisors = parts.supervisors;
    this.#buyers = buyers;
    this.#operators = parts.operators;
    this.boards = parts.operators.map(({ board }) => board);
    for (const buyer of buyers) this.#play('buyer', () => buyer.story());
    for (const operator of parts.operators) this.#play('operator', () => operator.step());
    for (const packer of packers) this.#play('packer', () => packer.step());
    this.#play('partner', () => partner.step());
    this.#play('crm', () => crm.step());
  }

  /** `partnerOf`: the id of a company by its name. */
  static async begin(product: Product, partnerOf: (name: string) => Promise<string>): Promise<Traffic> {
    const { nodes, url } = product;
    const book = new Book(nodes);
    const person = (api: Api): Person => ({ api, tenant: HOUSE });
    const staff = async (role: string, site?: string): Promise<Api> => {
      const [login] = await product.addUsers(role, site === undefined ? {} : { site });
      if (login === undefined) throw new Error(`no ${role}`);
      return signIn(url, login);
    };
    const supervisors = new Map<string, Api>();
    for (const site of SITES) supervisors.set(site, await staff('supervisor', site));
    const crews = new Map<string, readonly Api[]>();
    for (const [site, count] of Object.entries(CREWS))
      crews.set(site, await operators(product, count, { site, limit: LIMIT }));
    let n = 0;
    const crew = [...crews].flatMap(([site, apis]) =>
      apis.map((api) => {
        const others = apis.map(({ id }) => id).filter((id) => id !== api.id);
        return new Operator(book, person(api), new LiveBoard(book, api, site, nodes, n++), () => others);
      }),
    );
    const carrier = person(await staff('carrier'));
    const packers: Packer[] = [];
    for (const site of SITES) {
      const board = crew.find((one) => one.board.site === site)?.board;
      if (board !== undefined) packers.push(new Packer(book, person(await staff('packer', site)), carrier, board));
    }
    const crm = new Crm(book, person(await staff('crm')));
    const key = JSON.parse(await product.andon('keys', 'add', '--partner', 'Acme', '--json'));
    const api = new Api(url, { token: key.apiKey, id: await partnerOf('Acme'), name: 'Acme' });
    const partner = new Partner(book, { api, tenant: api.id, settings: await settings(api), site: 'north' });
    const buyers = await Promise.all(
      BUYERS.map(async (site, i) => {
        const who = { ...person(await newBuyer(url)), settings: await settings(new Api(url), site), site };
        return new Buyer(book, who, nodes, i);
      }),
    );
    return new Traffic({ book, buyers, partner, operators: crew, packers, crm, supervisors });
  }

  /** Waits until everybody has got through: each buyer a whole story from now on. */
  async flows(what: string, ms = 120_000): Promise<void> {
    const from = this.#buyers.map(({ begun }) => begun);
    const behind = (): string[] => this.#buyers.flatMap(({ ended, now }, i) => (ended > (from[i] ?? 0) ? [] : [now]));
    await until(`everybody got through ${what}`, () => behind().length === 0, ms).catch(async (error: Error) => {
      const orders = behind().flatMap((text) => /[0-9a-f-]{36}$/.exec(text) ?? []);
      const told = await Promise.all(orders.map((id) => this.#whatOf(id)));
      const faults = this.book.faults.join('\n');
      throw new Error(`${error.message}; waiting for ${behind().join('; ')}; ${told.join('\n')}\n${faults}`);
    });
  }

  /** How an order stands, for whom one waits in vain. */
  async #whatOf(id: string): Promise<string> {
    for (const reader of this.supervisors.values()) {
      const { status, body } = await reader.get(`/api/orders/${id}`).catch((error) => ({ status: 0, body: error }));
      const seen = this.boards.map((board) => `${board.site} ${board.live ? '' : 'not '}live ${board.seen.lineOf(id)}`);
      if (status !== 404) return `${status} ${JSON.stringify(body)}; boards: ${seen.join(', ')}`;
    }
    return `${id} is nowhere`;
  }

  /** Nobody does anything new, everything is answered. */
  async pause(): Promise<void> {
    this.book.shut();
    await until('everything is answered', () => this.book.unanswered === 0, 60_000);
  }

  resume(): void {
    this.book.open();
  }

  /** Resolves when nobody does anything any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.book.end();
    for (const board of this.boards) board.close();
    for (const buyer of this.#buyers) buyer.close();
    await Promise.all(this.#loops);
  }

  get made(): number {
    return this.#operators.reduce((sum, { made }) => sum + made, 0);
  }

  #play(who: string, step: () => Promise<void>): void {
    const loop = async (): Promise<void> => {
      while (!this.#stopped) {
        try {
          await step();
        } catch (error) {
          if (!this.#stopped) this.book.fault(`${who}: ${(error as Error).stack}`);
          await sleep(500);
        }
      }
    };
    this.#loops.push(loop());
  }
}
