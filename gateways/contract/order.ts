/** An order as everybody outside sees it; buyers and partners never see who of the staff holds it. */
import Type, { type Static } from 'typebox';
import { STATUSES } from '../../actors/order/lifecycle.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { type Waiting as StoredWaiting, waiting } from '../../actors/order/waiting.ts';
import { By, by, type NameOf, nullable, Person, person, Time, Uuid, type Viewer } from './shapes.ts';

export const Settings = Type.Object({
  material: Type.String(),
  finish: Type.String(),
  quantity: Type.Integer(),
  urgency: Type.String(),
});
export type Settings = Static<typeof Settings>;

export const ModelFacts = Type.Object({
  volumeMm3: Type.Number(),
  areaMm2: Type.Number(),
  sizeMm: Type.Array(Type.Number(), { minItems: 3, maxItems: 3 }),
  triangles: Type.Integer(),
  shells: Type.Integer(),
  closed: Type.Boolean(),
});

export const OrderModel = Type.Object({
  id: Uuid,
  name: Type.String(),
  bytes: Type.Integer(),
  facts: Type.Optional(ModelFacts),
});
export type OrderModel = Static<typeof OrderModel>;

export const Price = Type.Object({
  version: Type.Integer(),
  amount: Type.Integer({ description: 'minor units; the lines add up to it' }),
  currency: Type.String(),
  lines: Type.Array(Type.Object({ name: Type.String(), amount: Type.Integer() })),
  validUntil: Time,
});
export type Price = Static<typeof Price>;

/** Who must act next. */
export const WaitingFor = Type.Enum([
  'buyer',
  'partner',
  'storage',
  'pricing',
  'operators',
  'holder',
  'packer',
  'carrier',
  'crm',
  'nobody',
]);
export type WaitingFor = Static<typeof WaitingFor>;

export const Waiting = Type.Object({
  for: WaitingFor,
  who: Type.Optional(Person),
  since: Time,
  reason: Type.String(),
});
export type Waiting = Static<typeof Waiting>;

export const Capture = Type.Object({ operator: Type.Optional(Person), since: Time });
export const Hold = Type.Object({ reason: Type.String(), by: By, since: Time });
export const Cancellation = Type.Object({ by: By, reason: Type.String(), at: Time, deadline: Time });
export const Shipment = Type.Object({ carrier: Type.String(), tracking: Type.String(), at: Time });

export const Status = Type.Enum([...STATUSES]);
export type Status = Static<typeof Status>;

export const Order = Type.Object({
  id: Uuid,
  number: Type.String(),
  reference: Type.Optional(Type.String()),
  site: Type.String(),
  status: Status,
  version: Type.Integer(),
  revision: Type.Integer(),
  priority: Type.Integer(),
  due: Type.Optional(Time),
  settings: Settings,
  model: OrderModel,
  price: Type.Optional(Price),
  capture: nullable(Capture),
  epoch: Type.Integer(),
  hold: Type.Optional(Hold),
  cancellation: Type.Optional(Cancellation),
  shipment: Type.Optional(Shipment),
  waiting: Waiting,
  createdAt: Time,
  updatedAt: Time,
});
export type Order = Static<typeof Order>;

/** Ids of the persons that `renderOrder` will name. */
export const personsIn = ({ capture, hold, cancellation }: OrderState): string[] =>
  [capture?.operator, hold?.by, cancellation?.by].filter((id) => id !== undefined);

export function renderOrder(state: OrderState, version: number, viewer: Viewer, nameOf: NameOf): Order {
  return {
    id: state.id,
    number: state.number,
    ...(state.reference === undefined ? {} : { reference: state.reference }),
    site: state.site,
    status: state.status,
    version,
    revision: state.revision,
    priority: state.priority,
    ...(state.due === undefined ? {} : { due: state.due }),
    settings: { ...state.settings },
    model: renderModel(state.model),
    ...(state.price === undefined ? {} : { price: renderPrice(state.price) }),
    capture: state.capture && {
      ...(viewer.staff ? { operator: person(state.capture.operator, nameOf) } : {}),
      since: state.capture.since,
    },
    epoch: state.epoch,
    ...(state.hold && { hold: { ...state.hold, by: by(state.hold.by, viewer, nameOf) } }),
    ...(state.cancellation && {
      cancellation: { ...state.cancellation, by: by(state.cancellation.by, viewer, nameOf) },
    }),
    ...(state.shipment && { shipment: { ...state.shipment } }),
    waiting: renderWaiting(waiting(state), viewer, nameOf),
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
  };
}

export function renderModel(model: OrderState['model']): OrderModel {
  const { id, name, bytes, facts } = model;
  return { id, name, bytes, ...(facts && { facts: { ...facts, sizeMm: [...facts.sizeMm] } }) };
}

export function renderPrice(price: NonNullable<OrderState['price']>): Price {
  const { version, amount, currency, lines, validUntil } = price;
  return { version, amount, currency, lines: lines.map((line) => ({ ...line })), validUntil };
}

/** `who` is a person of the staff: nobody else is told. */
export function renderWaiting({ who, ...line }: StoredWaiting, viewer: Viewer, nameOf: NameOf): Waiting {
  return { ...line, ...(viewer.staff && who !== undefined ? { who: person(who, nameOf) } : {}) };
}
