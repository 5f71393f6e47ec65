/** What the storefront needs of the machine. */

import type { TariffBook } from '../../actors/pricing/book.ts';
import type { Models } from '../../src/files/models.ts';
import type { Directory } from '../../src/identity/directory.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import type { Identity } from '../../src/identity/identity.ts';
import type { Cause } from '../../src/identity/people.ts';
import type { Shares } from '../../src/identity/shares.ts';
import type { Answer, Envelope, LogRow } from '../../src/runtime/actor.ts';
import type { OrderFilter, OrderList } from '../../src/views/order-list.ts';

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

export interface StorefrontDeps {
  readonly identity: Pick<Identity, 'logIn' | 'signUp' | 'renew' | 'logOut'>;
  readonly directory: Pick<Directory, 'know' | 'nameOf'>;
  readonly runtime: RuntimePort;
  readonly hashOf: HashOf;
  /** Versions after `since` of one actor, oldest first. */
  rows(kind: string, actor: string, since: number, limit: number): Promise<readonly LogRow[]>;
  /** The list of orders, newest change first. Throws `invalid` for a cursor that is none of ours. */
  listOrders(filter: OrderFilter, cursor: string | null, limit: number): Promise<OrderList>;
  readonly models: Pick<Models, 'put' | 'stat' | 'file' | 'thumb'>;
  /** Does an order that stands at this site now use the model? At most a second behind. */
  modelAtSite(model: string, site: string): Promise<boolean>;
  /** Guest links of orders. */
  readonly shares: Pick<Shares, 'issue' | 'revoke' | 'look'>;
  /** Of our own pages. */
  readonly origins: ReadonlySet<string>;
  /** Rows that the log names by id; the same id again changes nothing. */
  putContact(id: string, contact: string, cause: Cause): Promise<void>;
  putNote(id: string, text: string, cause: Cause): Promise<void>;
  tariffs(): TariffBook;
  /** Largest model, bytes. */
  readonly uploadBytes: number;
  /** Since when this person is at no board of the site, milliseconds since 1970; undefined = present, or not known. */
  absentSince(site: string, person: string): Promise<number | undefined>;
  /** Who is at no board for longer leaves the orders held unattended, milliseconds. */
  readonly graceMs: number;
  readonly signUp: { readonly open: boolean; readonly perMinute: number };
}
