/**
 * Pages of orders: found in the view `orders`, shown as the log has them at the version that was found. At most a second
 * behind the log; newest change first, but for names that begin so (`begins`), which come in the order of the names.
 *
 * Each list is a walk down an index, or a merge of a bounded number of walks: a page costs the same wherever it is and
 * however many orders there are. Only by name with other filters beside a page may be short: it looks at no more than
 * `MOST_LOOKED_AT` names, and its cursor goes on from there.
 */
import { AndonError } from '../errors.ts';
import { BY_INDEX, LIMITS } from '../log/connect.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { type ListPlace, type NamePlace, namePlace, placeText, type TimePlace, timePlace } from './list-place.ts';

/** For the sessions that ask for lists: the walks are meant to go by index and in its order, whatever is counted. */
export const LIST_SETTINGS = { ...LIMITS, ...BY_INDEX, enable_bitmapscan: 'off', enable_sort: 'off' };

export interface OrderFilter {
  readonly site?: string;
  readonly tenant?: string;
  /** With a tenant. */
  readonly owner?: string;
  readonly statuses?: readonly string[];
  readonly waitingFor?: string;
  /** How the number or the reference begins. */
  readonly begins?: string;
  /** How the name or login of the buyer begins, in any case; without a tenant, an owner and `begins`. */
  readonly buyer?: string;
  /** How the name of the model begins, in any case; without an owner and `begins`. */
  readonly model?: string;
}

/** Whose rows these are, and how states of older shapes are brought into that of today. */
export interface ListedKind {
  readonly kind: string;
  upcast(state: unknown, stateVersion: number): unknown;
}

export interface ListedOrder {
  readonly id: string;
  readonly version: number;
  readonly state: unknown;
}

export interface OrderList {
  readonly items: readonly ListedOrder[];
  /** Cursor of the next page; null at the end. */
  readonly next: string | null;
}

interface Found {
  readonly id: string;
  readonly version: number;
}
type FoundByTime = Found & { readonly updated_at: Date };
type FoundByName = Found & { readonly name: string; readonly fits: boolean };

export const MOST_LOOKED_AT = 2_000;
/** Buyers, or models, that begin alike. */
const MOST_ALIKE = 200;

const byTime = statement<FoundByTime>(import.meta.url, 'sql/orders-by-time');
const byPlace = statement<FoundByTime>(import.meta.url, 'sql/orders-by-place');
const byTenant = statement<FoundByTime>(import.meta.url, 'sql/orders-by-tenant');
const byOwner = statement<FoundByTime>(import.meta.url, 'sql/orders-by-owner');
const byBuyer = statement<FoundByTime>(import.meta.url, 'sql/orders-by-buyer');
const byModelName = statement<FoundByTime>(import.meta.url, 'sql/orders-by-model-name');
const byName = statement<FoundByName>(import.meta.url, 'sql/orders-by-name');
const rowsAt = statement<{ readonly i: number; readonly after: unknown; readonly state_version: number }>(
  import.meta.url,
  '../log/sql/rows-at',
);

/** `on`: with `LIST_SETTINGS`. Throws `invalid` for a cursor that is none of ours. */
export async function listOrders(
  on: Queryable,
  kind: ListedKind,
  filter: OrderFilter,
  cursor: string | null,
  limit: number,
): Promise<OrderList> {
  if (!Number.isInteger(limit) || limit < 1) throw new AndonError('bad_limit', `a page of ${limit}`);
  const { found, next } =
    filter.begins !== undefined && filter.owner === undefined
      ? await pageByName(on, { ...filter, begins: filter.begins }, namePlace(filter.begins, cursor), limit)
      : await pageByTime(on, filter, timePlace(cursor), limit);
  return { items: await shown(on, kind, found), next: next && placeText(next) };
}

interface Page {
  readonly found: readonly Found[];
  readonly next: ListPlace | null;
}

async function pageByTime(on: Queryable, filter: OrderFilter, after: TimePlace, limit: number): Promise<Page> {
  const lines = await newest(on, filter, [after.at, after.id, limit + 1]);
  const found = lines.slice(0, limit);
  const last = found.at(-1);
  return { found, next: lines.length > limit && last ? { at: last.updated_at.toISOString(), id: last.id } : null };
}

function newest(on: Queryable, filter: OrderFilter, page: readonly unknown[]): Promise<readonly FoundByTime[]> {
  const { site, tenant, owner, statuses, waitingFor, begins, buyer, model } = filter;
  const where = [site ?? null, statuses ?? null, waitingFor ?? null];
  if (buyer !== undefined) return byBuyer.run(on, [buyer, ...where, ...page, MOST_ALIKE]);
  if (model !== undefined)
    return byModelName.run(on, [model, tenant ?? null, ...where, ...page, MOST_ALIKE, MOST_LOOKED_AT]);
  if (owner !== undefined) {
    if (tenant === undefined) throw new AndonError('bad_filter', 'an owner without a tenant');
    return byOwner.run(on, [tenant, owner, ...where, begins ?? null, ...page]);
  }
  if (tenant !== undefined) return byTenant.run(on, [tenant, ...where, ...page]);
  return where.some((value) => value !== null) ? byPlace.run(on, [...where, ...page]) : byTime.run(on, page);
}

async function pageByName(
  on: Queryable,
  filter: OrderFilter & { readonly begins: string },
  after: NamePlace,
  limit: number,
): Promise<Page> {
  const { begins, tenant, site, statuses, waitingFor } = filter;
  const where = [tenant ?? null, site ?? null, statuses ?? null, waitingFor ?? null];
  const lines = await byName.run(on, [begins, ...where, after.name, after.id, limit + 1, MOST_LOOKED_AT]);
  const fitting = lines.filter(({ fits }) => fits);
  const found = fitting.slice(0, limit);
  const last =
    fitting.length > limit ? found.at(-1) : lines.length <= limit ? lines.find(({ fits }) => !fits) : lines.at(-1);
  return { found, next: last ? { name: last.name, id: last.id } : null };
}

/** A row that the log does not know (any more) is left out: the view is about to hear of it. */
async function shown(
  on: Queryable,
  { kind, upcast }: ListedKind,
  found: readonly Found[],
): Promise<readonly ListedOrder[]> {
  if (found.length === 0) return [];
  const rows = await rowsAt.run(on, [kind, found.map(({ id }) => id), found.map(({ version }) => version)]);
  const states = new Map(rows.map(({ i, after, state_version }) => [i - 1, upcast(after, state_version)]));
  return found.flatMap(({ id, version }, i) => (states.has(i) ? [{ id, version, state: states.get(i) }] : []));
}
