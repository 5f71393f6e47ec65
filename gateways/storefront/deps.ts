/** What the storefront needs of the machine. */
import type { OrderState } from '../../actors/order/state.ts';
import type { TariffBook } from '../../actors/pricing/book.ts';
import type { Models } from '../../src/files/models.ts';
import type { Directory } from '../../src/identity/directory.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import type { Identity } from '../../src/identity/identity.ts';
import type { Answer, Envelope, LogRow } from '../../src/runtime/actor.ts';

export interface Read {
  readonly version: number;
  readonly state: unknown;
  /** Seconds since it was known to be true; only when served without Postgres. */
  readonly stale?: number;
}

export interface RuntimePort {
  send(envelope: Envelope): Promise<Answer>;
  read(kind: string, id: string, options?: { atLeast?: number }): Promise<Read | undefined>;
}

export interface OrderFilter {
  readonly tenant?: string;
  readonly owner?: string;
  readonly site?: string;
  readonly status?: string;
  readonly waiting?: string;
  /** Begins a number or a reference. */
  readonly q?: string;
}

export interface OrderPage {
  readonly items: readonly { readonly state: OrderState; readonly version: number }[];
  readonly next: string | null;
}

export interface StorefrontDeps {
  readonly identity: Pick<Identity, 'logIn' | 'signUp' | 'renew' | 'logOut'>;
  readonly directory: Pick<Directory, 'know' | 'nameOf'>;
  readonly runtime: RuntimePort;
  readonly hashOf: HashOf;
  /** Versions after `since` of one actor, oldest first. */
  rows(kind: string, actor: string, since: number, limit: number): Promise<readonly LogRow[]>;
  /** The list of orders, newest change first. Throws `invalid` for a cursor that is none of ours. */
  listOrders(filter: OrderFilter, page: { limit: number; cursor?: string }): Promise<OrderPage>;
  readonly models: Pick<Models, 'put' | 'stat'>;
  /** Rows that the log names by id; the same id again changes nothing. */
  putContact(id: string, contact: string): Promise<void>;
  putNote(id: string, text: string): Promise<void>;
  tariffs(): TariffBook;
  /** Largest model, bytes. */
  readonly uploadBytes: number;
  readonly signUp: { readonly open: boolean; readonly perMinute: number };
}
