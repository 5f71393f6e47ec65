/** The operators of the site while somebody looks, asked for again every few seconds; and what is told about them. */
import { effect, signal } from '@preact/signals';
import type { Card } from '../../gateways/contract/card.ts';
import type { Operator, OperatorAnswer } from '../../gateways/contract/operator.ts';
import { newKey } from '../client/key.ts';
import { codeOf } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { staffText } from '../text/staff.ts';
import type { OperatorChange } from '../ui/operator-entry.tsx';
import { me, rest, section, site } from './app.ts';

/** undefined = not known yet. */
export const crew = signal<readonly Operator[] | undefined>(undefined);
export const crewFault = signal<string | undefined>(undefined);

const AGAIN_MS = 5_000;
const PAGE = 200;
let asked = 0;

async function pages<T>(path: string, query: Readonly<Record<string, string>>): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const from: Record<string, string> = cursor === null ? {} : { cursor };
    const all = new URLSearchParams({ ...query, ...from, limit: String(PAGE) });
    const { body }: { body: { items: readonly T[]; next: string | null } } = await rest.get(`${path}?${all}`);
    found.push(...body.items);
    cursor = body.next;
  } while (cursor !== null);
  return found;
}

async function ask(): Promise<void> {
  const mine = ++asked;
  try {
    const found = await pages<Operator>('/api/operators', site.peek() === undefined ? {} : { site: site.peek() ?? '' });
    if (mine !== asked) return;
    crew.value = found;
    crewFault.value = undefined;
  } catch (error) {
    if (mine === asked) crewFault.value = codeOf(error);
  }
}

effect(() => {
  if (typeof me.value !== 'object' || section.value !== 'people') return undefined;
  void site.value;
  crew.value = undefined;
  void ask();
  const timer = setInterval(() => {
    if (!document.hidden) void ask();
  }, AGAIN_MS);
  return () => clearInterval(timer);
});

/** Resolves with a text when it did not work. */
export async function changeOperator(
  id: string,
  type: OperatorChange,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<string | undefined> {
  try {
    const path = `/api/operators/${id}/${type}`;
    const { body } = await rest.write<OperatorAnswer>(path, fields, { key: newKey() });
    // What was asked before says less.
    asked += 1;
    crew.value = crew.peek()?.map((one) => (one.id === id ? body.operator : one));
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    return code === 'wrong_site' ? staffText.people.elsewhere : problemText(code);
  }
}

/** The cards that an operator holds. */
export async function heldBy({ id, site: at }: Operator): Promise<readonly Card[]> {
  const cards = await pages<Card>(`/api/boards/${at}`, { lane: 'in_work' });
  return cards.filter(({ capture }) => capture?.operator.id === id);
}

/** Takes an order back, whoever holds it. Resolves with a text when it did not work. */
export async function release({ order, epoch }: Card, reason: string): Promise<string | undefined> {
  try {
    await rest.write(`/api/orders/${order}/release`, { epoch, reason }, { key: newKey() });
    void ask();
    return undefined;
  } catch (error) {
    return problemText(codeOf(error));
  }
}
