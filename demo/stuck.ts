/** Which orders have waited longer than anybody in the demo lets them wait. Pure. */
import type { Order, Status } from '../gateways/contract/order.ts';

const USUAL_MINUTES = 5;
/** Until a draft expires, and until a forgotten price does. */
const MINUTES: Partial<Record<Status, number>> = { INITIATED: 17, PRICE_CALCULATED: 12 };

/** For people, one line each. What somebody stopped waits for that person. */
export const stuckIn = (orders: readonly Order[], nowMs: number): string[] =>
  orders
    .map((order) => ({ order, minutes: (nowMs - Date.parse(order.waiting.since)) / 60_000 }))
    .filter(({ order, minutes }) => order.hold === undefined && minutes > (MINUTES[order.status] ?? USUAL_MINUTES))
    .map(
      ({ order, minutes }) =>
        `${order.number} ${order.status} waits ${Math.round(minutes)} min for ${order.waiting.for}: ${order.waiting.reason}`,
    );
