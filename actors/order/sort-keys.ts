/** How orders sort on boards and in lists: as text, of fixed width, each unique by the order's id. */
import type { OrderState } from './state.ts';

/** Base-36 milliseconds have 8 digits until the year 2059, 9 until 5188. */
const WIDTH = 9;
/** As wide as a time, after every time. */
const NO_DUE = '9999-12-31T23:59:59.999Z';

/** By last change, oldest first: read it backwards. */
export const recentKey = (order: OrderState): string =>
  Date.parse(order.updatedAt).toString(36).padStart(WIDTH, '0') + order.id;

/** By priority (3 first), then due (none last), then id. */
export const urgentKey = (order: OrderState): string => `${9 - order.priority}${order.due ?? NO_DUE}${order.id}`;
