/** What a buyer does with an order; each action under one key, its fault in words. */
import { computed, signal } from '@preact/signals';
import type { Order, Price, Settings } from '../../gateways/contract/order.ts';
import { newKey } from '../client/key.ts';
import { type OfferedCommand, offersTo } from '../client/offers.ts';
import { codeOf, ProblemError } from '../client/problem.ts';
import { now } from '../ui/ticking.ts';
import { rest } from './app.ts';
import { type Fault, faultOf } from './fault.ts';
import { order, readAgain, takeWhole } from './order-live.ts';
import { GUEST } from './route.ts';

export const acting = signal<OfferedCommand | undefined>(undefined);
export const actFault = signal<(Fault & { readonly act: OfferedCommand; readonly order: string }) | undefined>(
  undefined,
);

/** What may be done with the order on screen; a guest only looks. */
export const offers = computed<readonly OfferedCommand[]>(() =>
  GUEST || order.value === undefined ? [] : offersTo(['buyer'], order.value, now.value),
);

/** true: it is done. */
async function act(type: OfferedCommand, fields: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
  const known = order.peek();
  if (known === undefined || acting.peek() !== undefined) return false;
  acting.value = type;
  actFault.value = undefined;
  try {
    const { body } = await rest.write<Order>(`/api/orders/${known.id}/${type}`, fields, { key: newKey() });
    takeWhole(body);
    return true;
  } catch (error) {
    actFault.value = { act: type, order: known.id, code: codeOf(error), text: faultOf(error) };
    const meanwhile = error instanceof ProblemError ? (error.details['order'] as Order | undefined) : undefined;
    if (meanwhile === undefined) readAgain();
    else takeWhole(meanwhile);
    return false;
  } finally {
    acting.value = undefined;
  }
}

export const submit = (): Promise<boolean> => act('submit');
/** Exactly the price on screen: another one is asked again. */
export const approve = (price: Price): Promise<boolean> => act('approve', { priceVersion: price.version });
export const requote = (): Promise<boolean> => act('requote');
export const requestCancel = (reason: string): Promise<boolean> => act('request-cancel', { reason });
export const changeSettings = (settings: Settings): Promise<boolean> => act('change-settings', { settings });
export const attachModel = (model: string): Promise<boolean> => act('attach-model', { model });
