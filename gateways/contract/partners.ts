/** The REST surface for partners, `/v1`, as descriptions; those of commands are made from the command table. */
import Type, { type Static } from 'typebox';
import { ORDER_COMMANDS, offered } from './commands.ts';
import type { Endpoint } from './endpoint.ts';
import { UploadedModel } from './model.ts';
import { Order, Status, WaitingFor } from './order.ts';
import { PartnerEvent } from './partner-event.ts';
import { REFUSED } from './problem.ts';
import { problemSchema } from './problems.ts';
import { page } from './shapes.ts';
import { Timeline } from './timeline.ts';

const closed = { additionalProperties: false } as const;
const text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));

export const PartnerOrdersQuery = Type.Object(
  {
    status: Type.Optional(Status),
    site: text(60),
    waiting: Type.Optional(WaitingFor),
    reference: text(100),
    limit,
    cursor: text(500),
  },
  closed,
);
export type PartnerOrdersQuery = Static<typeof PartnerOrdersQuery>;

export const PartnerOrderQuery = Type.Object({ atLeast: Type.Optional(Type.Integer({ minimum: 0 })) }, closed);

export const EventsQuery = Type.Object(
  {
    after: text(200),
    wait: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 30, description: 'seconds to wait while there is nothing new' }),
    ),
    limit,
  },
  closed,
);
export type EventsQuery = Static<typeof EventsQuery>;

const create = ORDER_COMMANDS.create;

/** Most orders of one batch. */
export const BATCH = 100;
export const OrderBatch = Type.Object({ orders: Type.Array(create.fields, { minItems: 1, maxItems: BATCH }) }, closed);
export type OrderBatch = Static<typeof OrderBatch>;

/** As it was asked for. */
const reference = text(100);
const Created = Type.Object({ status: Type.Literal(201), order: Order, reference });
const ITEM_CODES = ['invalid', 'idempotency_key_reused', 'unavailable', 'internal'];
/** What the order’s own request would have been answered with. */
const NotCreated = Type.Union(
  [...REFUSED, ...ITEM_CODES].map((code) => Type.Object({ ...problemSchema(code).properties, reference })),
);
export const BatchAnswer = Type.Object({ items: Type.Array(Type.Union([Created, NotCreated])) });

/** `next` is the place after the last item, also where there is none: the next `after`. */
export const PartnerEvents = Type.Object({ items: Type.Array(PartnerEvent), next: Type.String() });

const define = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const uploadPartnerModel = define({
  name: 'partner-upload-model',
  method: 'POST',
  path: '/v1/models',
  about: 'A model file; its name percent-encoded in X-Filename.',
  access: 'key',
  scope: 'models:write',
  raw: true,
  key: 'required',
  unversioned: true,
  status: 201,
  answer: UploadedModel,
});
export const createBatch = define({
  name: 'partner-create-batch',
  method: 'POST',
  path: '/v1/orders/batch',
  about: 'Up to 100 new orders, each for itself; answered in their order.',
  access: 'key',
  scope: 'orders:write',
  body: OrderBatch,
  key: 'required',
  unversioned: true,
  status: 200,
  answer: BatchAnswer,
});
export const listPartnerOrders = define({
  name: 'partner-orders',
  method: 'GET',
  path: '/v1/orders',
  about:
    'One’s own orders, newest change first, at most a second behind; with `reference` the one order, as it is now.',
  access: 'key',
  scope: 'orders:read',
  query: PartnerOrdersQuery,
  status: 200,
  answer: page(Order),
});
export const readPartnerOrder = define({
  name: 'partner-order',
  method: 'GET',
  path: '/v1/orders/:id',
  about: 'One order; `atLeast` waits up to a second for that version.',
  access: 'key',
  scope: 'orders:read',
  query: PartnerOrderQuery,
  tagged: true,
  dated: true,
  status: 200,
  answer: Order,
});
export const readPartnerTimeline = define({
  name: 'partner-timeline',
  method: 'GET',
  path: '/v1/orders/:id/timeline',
  about: 'What happened to an order, from the log.',
  access: 'key',
  scope: 'orders:read',
  status: 200,
  answer: Timeline,
});
export const readPartnerEvents = define({
  name: 'partner-events',
  method: 'GET',
  path: '/v1/events',
  about: 'What happened to one’s own orders, per order in the order of versions; without `after` from the first event.',
  access: 'key',
  scope: 'events:read',
  query: EventsQuery,
  status: 200,
  answer: PartnerEvents,
});

/** One per command that is open to partners: `POST /v1/orders` creates, the others name the order. */
export const partnerCommands: readonly (Endpoint & { readonly command: string })[] = offered(
  ORDER_COMMANDS,
  'partners',
).map(({ name, spec }) => ({
  command: name,
  name: `partner-${name}-order`,
  method: 'POST',
  path: spec.creates ? '/v1/orders' : `/v1/orders/:id/${name}`,
  about: spec.about,
  access: 'key',
  scope: 'orders:write',
  body: spec.fields,
  key: 'required',
  codes: REFUSED,
  status: spec.creates ? 201 : 200,
  answer: Order,
}));

export const PARTNER_ENDPOINTS: readonly Endpoint[] = [
  uploadPartnerModel,
  createBatch,
  ...partnerCommands,
  listPartnerOrders,
  readPartnerOrder,
  readPartnerTimeline,
  readPartnerEvents,
];
