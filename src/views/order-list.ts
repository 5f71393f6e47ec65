/** Pages of the view `orders`, last change first. Lags the log by at most a second. */
import { AndonError, invalidInput } from '../errors.ts';
import { LIMITS } from '../log/connect.ts';
import { type Queryable, statement } from '../log/statement.ts';
import type { OrderRow } from './order-row.ts';

/**
 * For the sessions that ask for lists: most filters are absent most of the time, and only a plan made for the filters
 * that are there finds the right index.
 */
export const LIST_SETTINGS = { ...LIMITS, plan_cache_mode: 'force_custom_plan', jit: 'off' };

export interface OrderFilter {
  readonly site?: string;
  readonly tenant?: string;
  readonly owner?: string;
  readonly statuses?: readonly string[];
  readonly waitingFor?: string;
  /** How the number or the reference begins. */
  readonly begins?: string;
}

export interface OrderList {
  readonly items: readonly OrderRow[];
  /** Cursor of the next page; null at the end. */
  readonly next: string | null;
}

type Line = Omit<OrderRow, 'due' | 'created_at' | 'updated_at'> & {
  readonly due: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
};

const list = statement<Line>(import.meta.url, 'sql/orders-list');

/** Throws `invalid` for a cursor that is none of ours. */
export async function listOrders(
  on: Queryable,
  filter: OrderFilter,
  cursor: string | null,
  limit: number,
): Promise<OrderList> {
  if (!Number.isInteger(limit) || limit < 1) throw new AndonError('bad_limit', `a page of ${limit}`);
  const [time, id] = cursor === null ? [null, null] : decode(cursor);
  const { site, tenant, owner, statuses, waitingFor, begins } = filter;
  const wanted = [site, tenant, owner, statuses, waitingFor, begins].map((value) => value ?? null);
  const lines = await list.run(on, [...wanted, time, id, limit + 1]);
  const items = lines.slice(0, limit).map(toRow);
  const last = items.at(-1);
  return { items, next: lines.length > limit && last ? encode(last) : null };
}

const toRow = (line: Line): OrderRow => ({
  ...line,
  due: line.due?.toISOString() ?? null,
  created_at: line.created_at.toISOString(),
  updated_at: line.updated_at.toISOString(),
});

const encode = ({ updated_at, id }: OrderRow): string => Buffer.from(`${updated_at} ${id}`).toString('base64url');

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function decode(cursor: string): [string, string] {
  const [, time, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (time === undefined || id === undefined || Number.isNaN(Date.parse(time)))
    throw invalidInput([{ path: '/cursor', rule: 'cursor' }]);
  return [time, id];
}
