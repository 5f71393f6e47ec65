/** What is done with the order that is open: one key per action, a *no* in words. */
import { signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { newKey } from '../client/key.ts';
import type { OfferedCommand } from '../client/offers.ts';
import { codeOf, faultyField } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { consoleActText } from '../text/console-acts.ts';
import { say } from '../ui/announce.tsx';
import { rest } from './app.ts';
import { reload } from './list.ts';
import { following } from './order-live.ts';

export const acting = signal<OfferedCommand | undefined>(undefined);
export const refused = signal<{ readonly order: string; readonly code: string; readonly text: string } | undefined>(
  undefined,
);

/** Decided on what was seen: on another version they are not applied, but looked at again. */
const ON_WHAT_WAS_SEEN: readonly OfferedCommand[] = [
  'set-price',
  'reject',
  'approve',
  'change-settings',
  'accept-cancel',
  'refuse-cancel',
  'request-cancel',
];

/** `seen`: the version on screen when the form was opened. Resolves with true when it is done. */
export async function act(
  order: Order,
  type: OfferedCommand,
  fields: Readonly<Record<string, unknown>> = {},
  seen = order.version,
): Promise<boolean> {
  if (acting.peek() !== undefined) return false;
  acting.value = type;
  refused.value = undefined;
  const expected = ON_WHAT_WAS_SEEN.includes(type) ? { expectedVersion: seen } : {};
  try {
    const path = `/api/orders/${order.id}/${type}`;
    const { body } = await rest.write<Order>(path, fields, { key: newKey(), ...expected });
    following.peek()?.take(body);
    say(consoleActText.did(order.number, consoleActText.go[type]));
    void reload();
    return true;
  } catch (error) {
    refused.value = { order: order.id, code: codeOf(error), text: textOf(error) };
    void following.peek()?.read();
    return false;
  } finally {
    acting.value = undefined;
  }
}

function textOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== 'invalid') return consoleActText.refused[code] ?? problemText(code);
  return consoleActText.invalid[faultyField(error) ?? ''] ?? problemText(code);
}
