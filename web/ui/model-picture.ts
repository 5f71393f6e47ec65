import type { OrderModel } from '../../gateways/contract/order.ts';

/** Where the server's picture of a model is; none before it was measured. Needs a session. */
export const pictureOf = ({ id, facts }: OrderModel): string | null =>
  facts === undefined ? null : `/api/models/${id}/thumb`;
