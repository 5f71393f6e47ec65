import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import * as assert from 'uvu/assert';
import { card } from '../../actors/order/card.ts';
import { type Told, told } from '../../actors/order/change.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { Card, renderCard } from '../../gateways/contract/card.ts';
import { Change, renderChange } from '../../gateways/contract/change.ts';
import { Order, renderOrder } from '../../gateways/contract/order.ts';
import { renderDetails } from '../../gateways/contract/refusal.ts';
import { renderTimeline, Timeline } from '../../gateways/contract/timeline.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, fold, MINUTE } from '../actors/given.ts';
import { logOf } from '../actors/log.ts';
import {
  APPROVED,
  ASKED,
  BO,
  CAPTURED,
  COMPLETED,
  DELIVERED,
  held,
  INITIATED,
  LAPSED_PRICE,
  OFFERED,
  OLGA,
  OTTO,
  PRICE_FAILED,
  released,
  STARTED,
  STARTED_ALONE,
  T0,
} from '../actors/world.ts';

const test = spec('renderers');

const STAFF = { staff: true, id: 'e0000000-0000-4000-8000-000000000001' };
const BUYER = { staff: false, id: BO.id };
const nameOf = (id: string): string | undefined => (id === OLGA.id ? 'Olga' : undefined);
const STORIES: Record<string, readonly OrderEvent[]> = {
  INITIATED,
  PRICE_FAILED,
  APPROVED,
  CAPTURED,
  STARTED_ALONE,
  COMPLETED,
  ASKED,
  OFFERED,
  HELD: [...STARTED, held(OLGA)],
  LAPSED_PRICE,
  DELIVERED,
  REWORKED: [...COMPLETED, { type: 'reworked', reason: 'surface', priority: 1 }],
  MOVED: [...APPROVED, { type: 'moved', from: 'north', site: 'south' }],
  RESUMED: [...STARTED, held(OLGA), { type: 'resumed', heldMs: 2 * MINUTE }],
};

const fits = (schema: TSchema, value: unknown, what: string): void => {
  const compiled = Compile(schema);
  assert.ok(compiled.Check(value), `${what}: ${JSON.stringify(compiled.Errors(value))}`);
};

const state = (story: readonly OrderEvent[]): OrderState => fold(order, story)!;

const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const rows = (story: readonly OrderEvent[]): Told[] => logOf(story).map((row) => told({ ...row, issuer: OLGA, trace }));

for (const [name, story] of Object.entries(STORIES)) {
  test(`${name}: order, card, changes and timeline are as the contract says, for all who look`, () => {
    const at = state(story);
    for (const viewer of [STAFF, BUYER, { staff: false }]) {
      fits(Order, renderOrder(at, story.length, viewer, nameOf), 'order');
      fits(Timeline, renderTimeline(rows(story), viewer, nameOf, Date.now()), 'timeline');
    }
    for (const row of rows(story)) fits(Change, renderChange(row), 'change');
    const shown = card(at, story.length);
    if (shown) fits(Card, renderCard(shown, nameOf), 'card');
  });

  test(`${name}: nothing that a buyer is shown names who of the staff did it`, () => {
    const seen = JSON.stringify([
      renderOrder(state(story), 1, BUYER, nameOf),
      renderTimeline(rows(story), BUYER, nameOf, Date.now()),
      rows(story).map(renderChange),
    ]);
    assert.not(seen.includes(OLGA.id) || seen.includes('Olga') || seen.includes('4bf92f'));
  });
}

test('staff sees who holds it, by name', () => {
  const { capture, waiting } = renderOrder(state(CAPTURED), 7, STAFF, nameOf);
  assert.equal(capture?.operator, { id: OLGA.id, name: 'Olga' });
  assert.equal(waiting.who, { id: OLGA.id, name: 'Olga' });
});

test('a member of staff whom the directory does not know is shown by id', () => {
  assert.is(renderOrder(state(CAPTURED), 7, STAFF, () => undefined).capture?.operator?.name, OLGA.id);
});

test('a buyer sees that it asked for the cancellation, another viewer does not learn who', () => {
  assert.equal(renderOrder(state(ASKED), 8, BUYER, nameOf).cancellation?.by, { role: 'buyer', id: BO.id });
  assert.equal(renderOrder(state(ASKED), 8, { staff: false }, nameOf).cancellation?.by, { role: 'buyer' });
});

test('an order of the log says the same however its fields are ordered', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, field]) => [name, turned(field)]),
    );
  };
  for (const story of Object.values(STORIES)) {
    const [at, viewer] = [state(story), STAFF];
    const other = renderOrder(turned(at) as OrderState, 1, viewer, nameOf);
    assert.is(JSON.stringify(other), JSON.stringify(renderOrder(at, 1, viewer, nameOf)));
  }
});

test('the price does not name its tariff, the order not its owner', () => {
  const shown = renderOrder(state(APPROVED), 6, STAFF, nameOf);
  assert.equal(Object.keys(shown.price ?? {}), ['version', 'amount', 'currency', 'lines', 'validUntil']);
  assert.not('owner' in shown || 'tenant' in shown || 'statusSince' in shown);
});

test('totals of the timeline add up to the age of the order', () => {
  const now = T0 + 60 * MINUTE;
  const { totals, items } = renderTimeline(rows(COMPLETED), STAFF, nameOf, now);
  assert.is(
    Object.values(totals).reduce((sum, ms) => sum + ms, 0),
    now - T0,
  );
  assert.is(items.find(({ from }) => from === 'SUBMITTED')?.lastedMs, MINUTE);
});

test('time on hold is counted apart', () => {
  const now = T0 + 60 * MINUTE;
  const { totals, items } = renderTimeline(rows(STORIES['RESUMED'] ?? []), STAFF, nameOf, now);
  assert.is(totals['ON_HOLD'], MINUTE);
  assert.is(items.at(-1)?.lastedMs, 2 * MINUTE);
  assert.is(
    Object.values(totals).reduce((sum, ms) => sum + ms, 0),
    now - T0,
  );
});

test('the timeline says for whom it was waited, how long and why, and for whom it is waited now', () => {
  const now = T0 + 60 * MINUTE;
  const { items, waited, waiting } = renderTimeline(rows(CAPTURED), STAFF, nameOf, now);
  assert.equal(waited, [
    { for: 'buyer', reason: 'to-submit', ms: MINUTE },
    { for: 'pricing', reason: 'to-price', ms: MINUTE },
    { for: 'pricing', reason: 'in-pricing', ms: MINUTE },
    { for: 'buyer', reason: 'to-approve', ms: MINUTE },
    { for: 'operators', reason: 'to-capture', ms: MINUTE },
    { for: 'holder', reason: 'to-start', ms: now - T0 - 5 * MINUTE },
  ]);
  assert.equal(
    items.map(({ type, waited: ended }) => [type, ended?.for, ended?.reason, ended?.ms]),
    [
      ['created', undefined, undefined, undefined],
      ['submitted', 'buyer', 'to-submit', MINUTE],
      ['pricing-started', 'pricing', 'to-price', MINUTE],
      ['priced', 'pricing', 'in-pricing', MINUTE],
      ['approved', 'buyer', 'to-approve', MINUTE],
      ['captured', 'operators', 'to-capture', MINUTE],
    ],
  );
  assert.equal([waiting.for, waiting.who?.name, waiting.reason], ['holder', 'Olga', 'to-start']);
});

test('waits that go on over several rows end once, and waits of one kind are summed up', () => {
  const moved: OrderEvent = { type: 'priority-set', priority: 2 };
  const story = [...APPROVED, moved, moved, ...STARTED.slice(APPROVED.length), released(OLGA)];
  const { items, waited } = renderTimeline(rows(story), STAFF, nameOf, T0 + 20 * MINUTE);
  const ended = items.filter(({ waited: wait }) => wait?.reason === 'to-capture');
  assert.equal(
    ended.map(({ type, waited: wait }) => [type, wait?.ms]),
    [['captured', 3 * MINUTE]],
  );
  const again = waited.find(({ reason }) => reason === 'to-capture');
  assert.is(again?.ms, (3 + 11) * MINUTE, 'before it was captured, and since it was given back');
});

test('what was waited for adds up to the age of the order, whatever its story', () => {
  const now = T0 + 60 * MINUTE;
  for (const [name, story] of Object.entries(STORIES)) {
    const { waited, waiting } = renderTimeline(rows(story), BUYER, nameOf, now);
    assert.is(
      waited.reduce((sum, { ms }) => sum + ms, 0),
      now - T0,
      name,
    );
    assert.ok(
      waited.some((one) => one.for === waiting.for && one.reason === waiting.reason),
      name,
    );
  }
});

test('which operator was waited for is told to staff alone', () => {
  const who = (viewer: typeof STAFF | typeof BUYER) =>
    renderTimeline(rows(STARTED), viewer, nameOf, T0).items.find(({ waited }) => waited?.for === 'holder')?.waited?.who;
  assert.equal([who(STAFF), who(BUYER)], [{ id: OLGA.id, name: 'Olga' }, undefined]);
});

test('to whom an order is offered is told to staff alone', () => {
  const { handOver } = renderOrder(state(OFFERED), 7, STAFF, nameOf);
  assert.equal([handOver?.to.id, handOver?.by.name], [OTTO.id, 'Olga']);
  assert.is(renderOrder(state(OFFERED), 7, BUYER, nameOf).handOver, undefined);
  assert.not.match(JSON.stringify(rows(OFFERED).map(renderChange)), OTTO.id);
  assert.equal(renderCard(card(state(OFFERED), 7)!, nameOf).handOver?.to, { id: OTTO.id, name: OTTO.id });
});

test('a hold says under which role it was put, to buyers too', () => {
  const held = STORIES['HELD'] ?? [];
  assert.equal(renderOrder(state(held), 8, STAFF, nameOf).hold?.by, { role: 'operator', id: OLGA.id, name: 'Olga' });
  assert.equal(renderOrder(state(held), 8, BUYER, nameOf).hold?.by, { role: 'operator' });
  assert.equal(renderChange(rows(held).at(-1)!).hold?.by, { role: 'operator' });
});

test('why work on the floor was given back is told to staff alone', () => {
  const release = (viewer: typeof STAFF | typeof BUYER) =>
    renderTimeline(rows(STARTED_ALONE), viewer, nameOf, T0).items.find(({ type }) => type === 'released')?.reason;
  assert.equal([release(STAFF), release(BUYER)], ['asked', undefined]);
});

test('a refusal names the holder to staff and nobody else', () => {
  const details = { holder: { id: OLGA.id }, epoch: 1 };
  assert.equal(renderDetails(details, STAFF, nameOf), { epoch: 1, holder: { id: OLGA.id, name: 'Olga' } });
  assert.equal(renderDetails(details, BUYER, nameOf), { epoch: 1 });
  assert.equal(renderDetails({ holder: null, epoch: 2 }, STAFF, nameOf), { epoch: 2, holder: null });
});

test('a change names its order', () => {
  assert.is(renderChange(rows(INITIATED)[0]!).order, ACTOR);
});
