/**
 * The list: what the server has of the chosen view or search, asked again every 5 s and whenever there is news. A search
 * is three questions, because a text may begin a number, a buyer's name or a model's.
 */
import { computed, effect, signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { codeOf } from '../client/problem.ts';
import { clock, tick } from '../ui/ticking.ts';
import { me, notice, rest, roles, section, site, view } from './app.ts';
import type { View } from './view.ts';

const POLL_MS = 5_000;
const PAGE = 50;
/** The most that the server gives at once. */
const MOST = 200;

export type FoundBy = 'q' | 'buyer' | 'model';
export interface Group {
  /** undefined: what the view lists. */
  readonly by: FoundBy | undefined;
  readonly orders: readonly Order[];
}

export const groups = signal<readonly Group[] | undefined>(undefined);
export const items = computed(() => groups.value?.flatMap(({ orders }) => orders));
export const more = signal(false);
export const fault = signal<string | undefined>(undefined);
/** How numbers, references, buyers or models begin that are searched for; empty = the view. */
export const wanted = signal('');

interface Page {
  readonly items: readonly Order[];
  readonly next: string | null;
}
type Question = Readonly<Record<string, string>>;

/** Raised with every other question: what an older one answers is not shown. */
let asked = 0;
let size = PAGE;

const looksPeopleUp = (): boolean => roles.peek().some((role) => ['crm', 'engineer', 'supervisor'].includes(role));

function questions(from: View, begins: string): readonly (readonly [FoundBy | undefined, Question])[] {
  const at: Question = site.peek() === undefined ? {} : { site: site.peek() ?? '' };
  if (begins === '') {
    const list: Question = from === 'waiting' ? { waiting: 'crm' } : { status: from === 'open' ? 'OPEN' : from };
    return [[undefined, { ...list, ...at }]];
  }
  const by: readonly FoundBy[] = looksPeopleUp() ? ['q', 'buyer', 'model'] : ['q'];
  return by.map((field) => [field, { [field]: begins, ...at }]);
}

/** As many as are wanted, page by page: each begins where the one before ended. */
async function read(question: Question, wantedSize: number): Promise<{ orders: readonly Order[]; more: boolean }> {
  const orders: Order[] = [];
  let cursor: string | null = null;
  do {
    const from: Question = cursor === null ? {} : { cursor };
    const limit = String(Math.min(MOST, wantedSize - orders.length));
    const { body }: { body: Page } = await rest.get<Page>(
      `/api/orders?${new URLSearchParams({ ...question, ...from, limit })}`,
    );
    orders.push(...body.items);
    cursor = body.next;
  } while (cursor !== null && orders.length < wantedSize);
  return { orders, more: cursor !== null };
}

export async function reload(): Promise<void> {
  if (typeof me.peek() !== 'object') return;
  const mine = ++asked;
  try {
    const all = await Promise.all(
      questions(view.peek(), wanted.peek()).map(async ([by, question]) => ({ by, ...(await read(question, size)) })),
    );
    if (mine !== asked) return;
    for (const { updatedAt } of all.flatMap(({ orders }) => orders)) clock.observe(updatedAt);
    const seen = new Set<string>();
    groups.value = all.map(({ by, orders }) => ({
      by,
      // What two questions found stands where it was found first.
      orders: orders.filter(({ id }) => !seen.has(id) && seen.add(id)).map(newest),
    }));
    more.value = all.some((one) => one.more);
    fault.value = undefined;
    tick();
  } catch (error) {
    if (mine === asked) fault.value = codeOf(error);
  }
}

export function showMore(): void {
  size += PAGE;
  void reload();
}

/** The open order, known from elsewhere. */
let open: Order | undefined;

/** The list lags the log by up to a second: an order that is known newer stays so. */
const newest = (order: Order): Order =>
  [open, ...(items.peek() ?? [])].reduce<Order>(
    (best, known) => (known?.id === best.id && known.version > best.version ? known : best),
    order,
  );

/** An order that an answer brought, or that is followed. */
export function learn(order: Order): void {
  open = order;
  const known = items.peek()?.find(({ id }) => id === order.id);
  if (known === undefined || known.version >= order.version) return;
  groups.value = groups
    .peek()
    ?.map(({ by, orders }) => ({ by, orders: orders.map((one) => (one.id === order.id ? order : one)) }));
}

effect(() => {
  void view.value;
  void wanted.value;
  void site.value;
  if (typeof me.value !== 'object' || (section.value !== 'work' && section.value !== 'orders')) return undefined;
  groups.value = undefined;
  fault.value = undefined;
  size = view.value === 'waiting' ? MOST : PAGE;
  void reload();
  const timer = setInterval(() => {
    if (!document.hidden) void reload();
  }, POLL_MS);
  return () => clearInterval(timer);
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void reload();
});
effect(() => {
  if (notice.value !== undefined) void reload();
});
