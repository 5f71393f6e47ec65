/** The statuses of an order as plain lists. No schema in here: pages take them without the schema library. */
export { FINAL, STATUSES } from '../../actors/order/lifecycle.ts';
