/** An order as everybody outside sees it; buyers and partners never see who of the staff holds it. */
import Type, { type Static } from 'typebox';
import { STATUSES } from '../../actors/order/lifecycle.ts';
import type {
  OrderState,
  Cancellation as StoredCancellation,
  HandOver as StoredHandOver,
  Hold as StoredHold,
} from '../../actors/order/state.ts';
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

export type ModelFacts = Static<typeof ModelFacts>;

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

/** `unattended`: the holder has been at no board for longer than the grace; staff sees it, on one order. */
const Capture = Type.Object({
  operator: Type.Optional(Person),
  since: Time,
  unattended: Type.Optional(Type.Literal(true)),
});
/** Who of the staff shall take it over: staff sees it, nobody else. */
export const HandOver = Type.Object({ to: Person, by: By, at: Time, deadline: Time });
export type HandOver = Static<typeof HandOver>;
export const Hold = Type.Object({ reason: Type.String(), by: By, since: Time });
export type Hold = Static<typeof Hold>;
export const Cancellation = Type.Object({ by: By, reason: Type.String(), at: Time, deadline: Time });
export type Cancellation = Static<typeof Cancellation>;
export const Shipment = Type.Object({ carrier: Type.String(), tracking: Type.String(), at: Time });
export type Shipment = Static<typeof Shipment>;

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
  handOver: Type.Optional(HandOver),
  hold: Type.Optional(Hold),
  cancellation: Type.Optional(Cancellation),
  shipment: Type.Optional(Shipment),
  waiting: Waiting,
  createdAt: Time,
  updatedAt: Time,
});
export type Order = Static<typeof Order>;

/** Ids of the persons that `renderOrder` will name. */
export const personsIn = ({ capture, handOver, hold, cancellation }: OrderState): string[] =>
  [capture?.operator, handOver?.to, handOver?.by, hold?.by, cancellation?.by].filter((id) => id !== undefined);

/**
 * Fields are named one by one: a state comes from Redis or from `jsonb`, which keeps no order of fields, and equal answers
 * shall be equal to the byte.
 */
export function renderOrder(
  state: OrderState,
  version: number,
  viewer: Viewer,
  nameOf: NameOf,
  { unattended = false }: { readonly unattended?: boolean } = {},
): Order {
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
    settings: renderSettings(state.settings),
    model: renderModel(state.model),
    ...(state.price === undefined ? {} : { price: renderPrice(state.price) }),
    capture: state.capture && {
      ...(viewer.staff ? { operator: person(state.capture.operator, nameOf) } : {}),
      since: state.capture.since,
      ...(viewer.staff && unattended ? { unattended } : {}),
    },
    epoch: state.epoch,
    ...(viewer.staff && state.handOver && { handOver: renderHandOver(state.handOver, nameOf) }),
    ...(state.hold && { hold: renderHold(state.hold, viewer, nameOf) }),
    ...(state.cancellation && { cancellation: renderCancellation(state.cancellation, viewer, nameOf) }),
    ...(state.shipment && { shipment: renderShipment(state.shipment) }),
    waiting: renderWaiting(waiting(state), viewer, nameOf),
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
  };
}

export const renderSettings = ({ material, finish, quantity, urgency }: OrderState['settings']): Settings => ({
  material,
  finish,
  quantity,
  urgency,
});

export function renderFacts(facts: NonNullable<OrderState['model']['facts']>): ModelFacts {
  const { volumeMm3, areaMm2, sizeMm, triangles, shells, closed } = facts;
  return { volumeMm3, areaMm2, sizeMm: [...sizeMm], triangles, shells, closed };
}

export function renderModel({ id, name, bytes, facts }: OrderState['model']): OrderModel {
  return { id, name, bytes, ...(facts && { facts: renderFacts(facts) }) };
}

export const renderHandOver = ({ to, by: who, at, deadline }: StoredHandOver, nameOf: NameOf): HandOver => ({
  to: person(to, nameOf),
  by: by(who, { staff: true }, nameOf),
  at,
  deadline,
});

export const renderHold = ({ reason, by: who, role, since }: StoredHold, viewer: Viewer, nameOf: NameOf): Hold => ({
  reason,
  by: by(who, viewer, nameOf, role),
  since,
});

export const renderCancellation = (asked: StoredCancellation, viewer: Viewer, nameOf: NameOf): Cancellation => ({
  by: by(asked.by, viewer, nameOf, asked.role),
  reason: asked.reason,
  at: asked.at,
  deadline: asked.deadline,
});

export const renderShipment = ({ carrier, tracking, at }: NonNullable<OrderState['shipment']>): Shipment => ({
  carrier,
  tracking,
  at,
});

export function renderPrice(price: NonNullable<OrderState['price']>): Price {
  const { version, amount, currency, lines, validUntil } = price;
  return {
    version,
    amount,
    currency,
    lines: lines.map((line) => ({ name: line.name, amount: line.amount })),
    validUntil,
  };
}

/** `who` is a person of the staff: nobody else is told. */
export function renderWaiting(line: StoredWaiting, viewer: Viewer, nameOf: NameOf): Waiting {
  const { for: whom, who, since, reason } = line;
  return { for: whom, ...(viewer.staff && who !== undefined ? { who: person(who, nameOf) } : {}), since, reason };
}
