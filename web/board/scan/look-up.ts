/** Where an order is that is not on this board: the house is asked. */
import type { Order } from '../../../gateways/contract/order.ts';
import { codeOf as problemCodeOf } from '../../client/problem.ts';
import { rest } from '../session.ts';
import { codeOf } from './match.ts';
import type { Answer } from './seek.ts';

const ANSWER_MS = 5_000;
const NOT_FOUND: readonly string[] = ['not_found', 'invalid'];

export async function lookUp(text: string): Promise<Answer> {
  try {
    return await ask(text);
  } catch (error) {
    return { kind: NOT_FOUND.includes(problemCodeOf(error)) ? 'none' : 'away' };
  }
}

async function ask(text: string): Promise<Answer> {
  const code = codeOf(text);
  const signal = AbortSignal.timeout(ANSWER_MS);
  const read = async (id: string): Promise<Answer> => ({
    kind: 'elsewhere',
    order: (await rest.get<Order>(`/api/orders/${id}`, signal)).body,
  });
  if ('id' in code) return read(code.id);
  const q = 'number' in code ? code.number : code.words;
  const query = new URLSearchParams({ q: q.slice(0, 200), limit: '2' });
  const { body } = await rest.get<{ items: readonly Order[] }>(`/api/orders?${query}`, signal);
  const exact = body.items.find((order) => order.number === q || order.reference === q);
  const order = exact ?? (body.items.length === 1 ? body.items[0] : undefined);
  if (order === undefined) return { kind: body.items.length === 0 ? 'none' : 'several' };
  return read(order.id); // lists lag behind
}
