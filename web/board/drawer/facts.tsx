/** Who acts next and since when, what it costs and when it must leave, and what is known of its model. */
import type { JSX } from 'preact';
import type { Order } from '../../../gateways/contract/order.ts';
import type { Timeline } from '../../../gateways/contract/timeline.ts';
import { ModelViewButton } from '../../model-view/open-button.tsx';
import { drawerText as words } from '../../text/drawer.ts';
import { bytes, moment, money, number, timeOfDay } from '../../text/format.ts';
import { reasonName } from '../../text/reasons.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Fact, Measured } from '../../ui/facts.tsx';
import { Thumb } from '../../ui/mark.tsx';
import { pictureOf } from '../../ui/model-picture.ts';
import { now } from '../../ui/ticking.ts';
import { usual } from '../usual.ts';
import { catalog, myId } from '../who.ts';
import type { Face } from './face.ts';

export const Facts = (props: { face: Face; order: Order | undefined; timeline: Timeline | undefined }): JSX.Element => (
  <div class="three">
    <section aria-labelledby="d-next">
      <h3 id="d-next">{words.next}</h3>
      <Next face={props.face} />
      <OrderFacts {...props} />
    </section>
    {props.order === undefined ? null : <Picture order={props.order} />}
    {props.order === undefined ? null : <ModelFacts order={props.order} />}
  </div>
);

function Next({ face: { waiting, status } }: { face: Face }): JSX.Element {
  const mine = waiting.who !== undefined && waiting.who.id === myId();
  const name = mine ? words.you : (waiting.who?.name ?? words.who[waiting.for] ?? waiting.for);
  const figures = usual.value[status];
  const since = Math.max(0, now.value - Date.parse(waiting.since));
  return (
    <p class="row drawer-next">
      {waiting.who === undefined ? null : <Avatar name={waiting.who.name} mine={mine} />}
      <span>
        <b>{name}</b>
        {waiting.for === 'nobody' ? null : (
          <>
            {', '}
            {words.since(timeOfDay(waiting.since), since)}
          </>
        )}
        {figures === undefined ? null : <small class="label">{words.usual(figures.median, figures.p95)}</small>}
      </span>
    </p>
  );
}

function OrderFacts(props: { face: Face; order: Order | undefined; timeline: Timeline | undefined }): JSX.Element {
  const { face, order, timeline } = props;
  const held = timeline?.totals['ON_HOLD'] ?? 0;
  const reason = timeline?.items.findLast(({ type }) => type === 'held')?.reason;
  const { price, shipment, capture } = order ?? {};
  const text = words.facts;
  return (
    <dl class="facts">
      {held > 0 ? (
        <Fact name={text.held} value={text.heldFor(held, reason && reasonName(catalog.value, 'hold', reason))} />
      ) : null}
      {capture?.operator !== undefined && face.waiting.who?.id !== capture.operator.id ? (
        <Fact name={text.holder} value={capture.operator.name} />
      ) : null}
      {price === undefined ? null : (
        <Fact name={text.price} value={text.priceOf(money(price.amount, price.currency), price.version)} />
      )}
      {face.due === null ? null : <Fact name={text.shipBy} value={moment(face.due, now.value)} />}
      {shipment === undefined ? null : <Fact name={text.parcel} value={`${shipment.carrier}, ${shipment.tracking}`} />}
    </dl>
  );
}

function Picture({ order: { model, settings } }: { order: Order }): JSX.Element {
  return (
    <figure class="drawer-picture">
      <Thumb material={settings.material} image={pictureOf(model)} />
      {model.facts === undefined ? null : (
        <figcaption class="label">{words.size(model.facts.sizeMm.map(number).join(' × '))}</figcaption>
      )}
      {model.facts === undefined ? null : (
        <ModelViewButton asked={{ name: model.name, material: settings.material, model }} />
      )}
    </figure>
  );
}

const ModelFacts = ({ order: { model } }: { order: Order }): JSX.Element => (
  <section aria-labelledby="d-model">
    <h3 id="d-model">{words.model}</h3>
    {model.facts === undefined ? null : <Measured facts={model.facts} />}
    <a
      class="btn small drawer-file"
      href={`/api/models/${model.id}/file`}
      download={model.name}
      title={model.name}
      aria-label={words.download(model.name, bytes(model.bytes))}
    >
      <span class="cut">{model.name}</span> <span class="label">{bytes(model.bytes)}</span>
    </a>
  </section>
);
