/** The order being put together: the model on its way up, and the options chosen meanwhile. */
import { signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { newKey } from '../client/key.ts';
import { codeOf } from '../client/problem.ts';
import { catalog } from '../ui/catalog.ts';
import { choose } from '../ui/settings-choice.ts';
import { rest } from './app.ts';
import { type Fault, faultOf } from './fault.ts';
import { go, orderAddress } from './route.ts';
import { Sender } from './sending.ts';

export const sender = new Sender();
export const choice = choose(catalog);
export const placing = signal(false);
export const placeFault = signal<Fault | undefined>(undefined);

/** Creates the order and submits it, each once under its own key; then the order's own page takes over. */
export async function place(): Promise<void> {
  const state = sender.state.peek();
  if (state.step !== 'stored' || placing.peek()) return;
  placing.value = true;
  placeFault.value = undefined;
  try {
    const asked = { model: state.model.model, settings: choice.settings() };
    const { body } = await rest.write<Order>('/api/orders', asked, { key: newKey() });
    await rest.write(`/api/orders/${body.id}/submit`, {}, { key: newKey() }).catch(() => undefined);
    sender.stop();
    go(orderAddress(body.id));
  } catch (error) {
    placeFault.value = { code: codeOf(error), text: faultOf(error) };
  }
  placing.value = false;
}
