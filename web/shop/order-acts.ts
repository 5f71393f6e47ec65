/** What a buyer does with an order; each action under one key, its fault in words. */
import { signal } from '@preact/signals';
import type { Order, Price } from '../../gateways/contract/order.ts';
import { newKey } from '../client/key.ts';
import { codeOf, ProblemError } from '../client/problem.ts';
import { problemText } from '../text/en-common.ts';
import { shopText } from '../text/en-shop.ts';
import { rest } from './app.ts';
import { order, takeWhole } from './order-live.ts';

export type Act = 'submit' | 'approve' | 'request-cancel';
export const acting = signal<Act | undefined>(undefined);
export const actFault = signal<{ readonly act: Act; readonly code: string; readonly text: string } | undefined>(
  undefined,
);

async function act(type: Act, fields: Record<string, unknown>): Promise<void> {
  const known = order.peek();
  if (known === undefined || acting.peek() !== undefined) return;
  acting.value = type;
  actFault.value = undefined;
  try {
    const { body } = await rest.write<Order>(`/api/orders/${known.id}/${type}`, fields, { key: newKey() });
    takeWhole(body);
  } catch (error) {
    const code = codeOf(error);
    actFault.value = { act: type, code, text: shopText.refused[code] ?? problemText(code) };
    const now = error instanceof ProblemError ? (error.details['order'] as Order | undefined) : undefined;
    if (now !== undefined) takeWhole(now);
  }
  acting.value = undefined;
}

export const submit = (): Promise<void> => act('submit', {});
/** Exactly the price on screen: another one is asked again. */
export const approve = (price: Price): Promise<void> => act('approve', { priceVersion: price.version });
export const requestCancel = (reason: string): Promise<void> => act('request-cancel', { reason });
