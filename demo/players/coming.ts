/** Which orders of a customer are about to come to a board: by site, without those that were forgotten. */
import type { Order } from '../../gateways/contract/order.ts';

const FORGOTTEN_MS = 60_000;

export const coming = (orders: readonly Order[], nowMs: number): string[] =>
  orders.filter(({ waiting }) => nowMs - Date.parse(waiting.since) < FORGOTTEN_MS).map(({ site }) => site);
