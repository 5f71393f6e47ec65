/** What a tracked order's watchers are told: one `Change` per version, each once, in order. Nothing only staff may see. */
import Type, { type Static } from 'typebox';
import { change, type Told } from '../../actors/order/change.ts';
import {
  Cancellation,
  Hold,
  Order,
  OrderModel,
  Price,
  renderCancellation,
  renderHold,
  renderModel,
  renderPrice,
  renderSettings,
  renderShipment,
  renderWaiting,
  Settings,
  Shipment,
  Status,
  Waiting,
} from './order.ts';
import { nullable, Time, Uuid } from './shapes.ts';

/** `type` = the last event of the version, `types` all of them; the other fields as in the order at that version. */
export const Change = Type.Object({
  order: Uuid,
  version: Type.Integer(),
  at: Time,
  type: Type.String(),
  types: Type.Array(Type.String()),
  status: Status,
  site: Type.String(),
  revision: Type.Integer(),
  priority: Type.Integer(),
  epoch: Type.Integer(),
  due: Type.Optional(Time),
  settings: Settings,
  model: OrderModel,
  price: Type.Optional(Price),
  capture: nullable(Type.Object({ since: Time })),
  hold: Type.Optional(Hold),
  cancellation: Type.Optional(Cancellation),
  shipment: Type.Optional(Shipment),
  waiting: Waiting,
});
export type Change = Static<typeof Change>;

const ANYBODY = { staff: false };
const nobody = (): undefined => undefined;

/** The same for all who watch: what a buyer or a guest with a link may see. */
export function renderChange(told: Told): Change {
  const { after } = told;
  const { types, waiting, ...line } = change(told);
  return {
    ...line,
    types: [...types],
    site: after.site,
    revision: after.revision,
    priority: after.priority,
    epoch: after.epoch,
    ...(after.due === undefined ? {} : { due: after.due }),
    settings: renderSettings(after.settings),
    model: renderModel(after.model),
    ...(after.price === undefined ? {} : { price: renderPrice(after.price) }),
    capture: after.capture && { since: after.capture.since },
    ...(after.hold && { hold: renderHold(after.hold, ANYBODY, nobody) }),
    ...(after.cancellation && { cancellation: renderCancellation(after.cancellation, ANYBODY, nobody) }),
    ...(after.shipment && { shipment: renderShipment(after.shipment) }),
    waiting: renderWaiting(waiting, ANYBODY, nobody),
  };
}

/** Acknowledgement of `track`: what was missed since the client's version, or the whole order. */
export const Tracked = Type.Union([
  Type.Object({ ok: Type.Literal(true), order: Order, changes: Type.Array(Change) }),
  Type.Object({ ok: Type.Literal(true), order: Order, snapshot: Type.Literal(true) }),
]);
export type Tracked = Static<typeof Tracked>;
