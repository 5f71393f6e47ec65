/** One event of an order as partners are told it: nothing only staff may see. */
import Type, { type Static } from 'typebox';
import { type Told, timeline } from '../../actors/order/change.ts';
import type { OrderState } from '../../actors/order/state.ts';
import {
  Cancellation,
  Hold,
  OrderModel,
  Price,
  renderCancellation,
  renderHold,
  renderModel,
  renderPrice,
  renderSettings,
  renderShipment,
  Settings,
  Shipment,
  Status,
} from './order.ts';
import { By, by, Time, Uuid, type Viewer } from './shapes.ts';

export const PartnerEvent = Type.Object({
  id: Type.String({ description: 'UUID of the event, the same wherever it is told' }),
  order: Uuid,
  reference: Type.Optional(Type.String()),
  version: Type.Integer({ description: 'of the order; several events of one version stand one after the other' }),
  type: Type.String({ description: 'kebab-case name of the event' }),
  at: Time,
  status: Status,
  data: Type.Object(
    {
      by: By,
      from: Type.Optional(Status),
      to: Type.Optional(Status),
      reason: Type.Optional(Type.String()),
      lastedMs: Type.Optional(Type.Integer({ description: 'how long `from`, or a hold, lasted' })),
      number: Type.Optional(Type.String()),
      site: Type.Optional(Type.String()),
      revision: Type.Optional(Type.Integer()),
      settings: Type.Optional(Settings),
      model: Type.Optional(OrderModel),
      price: Type.Optional(Price),
      due: Type.Optional(Time),
      hold: Type.Optional(Hold),
      cancellation: Type.Optional(Cancellation),
      shipment: Type.Optional(Shipment),
    },
    { description: 'what happened, and of what the event is about as its version left it' },
  ),
});
export type PartnerEvent = Static<typeof PartnerEvent>;

const nobody = (): undefined => undefined;

/** All events of one version; `idOf` the one at this place among them. */
export function renderEvents(row: Told, idOf: (n: number) => string): PartnerEvent[] {
  const { after } = row;
  const viewer: Viewer = { staff: false, id: after.tenant };
  return timeline(row).map(({ version, at, type, by: who, from, to, reason, internal, lastedMs }, n) => ({
    id: idOf(n),
    order: after.id,
    ...(after.reference === undefined ? {} : { reference: after.reference }),
    version,
    type,
    at,
    status: after.status,
    data: {
      by: by(who.id, viewer, nobody, who.role),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(reason === undefined || internal ? {} : { reason }),
      ...(lastedMs === undefined ? {} : { lastedMs }),
      ...about(type, after, viewer),
    },
  }));
}

/** What an event of this type is about, as its version left it. */
function about(type: string, after: OrderState, viewer: Viewer): object {
  const { number, site, revision, due, price, hold, cancellation, shipment } = after;
  switch (type) {
    case 'created':
      return { number, site, settings: renderSettings(after.settings), model: renderModel(after.model) };
    case 'model-attached':
      return { revision, model: renderModel(after.model) };
    case 'settings-changed':
      return { revision, settings: renderSettings(after.settings) };
    case 'priced':
    case 'price-set':
      return price ? { price: renderPrice(price) } : {};
    case 'approved':
      return due === undefined ? {} : { due };
    case 'held':
      return hold ? { hold: renderHold(hold, viewer, nobody) } : {};
    case 'cancel-requested':
      return cancellation ? { cancellation: renderCancellation(cancellation, viewer, nobody) } : {};
    case 'shipped':
      return shipment ? { shipment: renderShipment(shipment) } : {};
    case 'moved':
      return { site };
    default:
      return {};
  }
}
