/** What the pages offer is what the order takes: the table is held against the order's own decisions over random stories. */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { OrderCommand } from '../../actors/order/commands.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { renderOrder } from '../../gateways/contract/order.ts';
import { isRefusal } from '../../src/runtime/actor.ts';
import { OFFERED, type OfferedCommand, offersTo, sentBy } from '../../web/client/offers.ts';
import { spec } from '../_kit/spec.ts';
import { type Floor, OTHER_MODEL } from '../actors/floor.ts';
import { ORDER_SAMPLES } from '../actors/samples.ts';
import { anyStory, play } from '../actors/stories.ts';
import { BO, BOOK, CARLA, CRM, MODEL } from '../actors/world.ts';

const test = spec('what pages offer');
const SENDERS = [BO, CRM, CARLA];

/** The command as a page would send it of this order: never one that changes nothing. */
function sample(type: OfferedCommand, order: OrderState): OrderCommand {
  const currency = BOOK.find(({ site }) => site === order.site)?.currency ?? '';
  switch (type) {
    case 'approve':
      return { type, priceVersion: order.price?.version ?? 0 };
    case 'set-price':
      return { type, amount: (order.price?.amount ?? 0) + 1, currency, reason: 'shape' };
    case 'change-settings':
      return { type, settings: { ...order.settings, quantity: order.settings.quantity + 1 } };
    case 'attach-model':
      return { type, model: order.model.id === MODEL.id ? OTHER_MODEL.id : MODEL.id };
    default:
      return ORDER_SAMPLES[type];
  }
}

/** Fields that a site does not take are no matter of what is offered. */
function takes(floor: Floor, type: OfferedCommand, as: (typeof SENDERS)[number]): boolean {
  const decision = floor.judge(sample(type, floor.state!), as);
  return isRefusal(decision) ? decision.refused === 'invalid' : decision.events.length > 0;
}

test('a command is offered exactly where the order takes it from that role', () => {
  const offered = new Set<string>();
  fc.assert(
    fc.property(anyStory, (story) => {
      play(story, (floor, { command }) => {
        if (floor.state === undefined) return;
        for (const as of SENDERS) {
          const shown = renderOrder(floor.state, floor.rows.length, { staff: as !== BO }, () => undefined);
          const offers = offersTo([as.role], shown, floor.now);
          for (const type of sentBy(as.role)) {
            const said = `${as.role} ${type} after ${command.type} in ${shown.status}`;
            assert.is(offers.includes(type), takes(floor, type, as), said);
            if (offers.includes(type)) offered.add(`${as.role} ${type}`);
          }
        }
      });
    }),
    { numRuns: 200, seed: 1 },
  );
  const all = SENDERS.flatMap(({ role }) => sentBy(role).map((type) => `${role} ${type}`));
  assert.equal([...offered].toSorted(), all.toSorted(), 'the stories come to every offer');
});

/** Names a model of the customer's, which no page lists. */
const NOT_ON_PAGES: Readonly<Record<string, readonly string[]>> = { crm: ['attach-model'] };

test('each role is offered every command that the table of commands gives it', () => {
  for (const { role } of SENDERS) {
    const may = Object.entries(ORDER_COMMANDS).filter(
      ([type, spec]) =>
        !spec.creates &&
        !NOT_ON_PAGES[role]?.includes(type) &&
        spec.exposed.includes('api') &&
        spec.roles.some((one) => one === role),
    );
    assert.equal([...sentBy(role)].toSorted(), may.map(([type]) => type).toSorted(), role);
  }
  assert.is(new Set(OFFERED).size, OFFERED.length);
});

test('who only looks is offered nothing', () => {
  const order = { status: 'SHIPPED', capture: null, waiting: { for: 'carrier', since: '', reason: '' } } as const;
  assert.equal(offersTo(['engineer'], order, 0), []);
  assert.equal(offersTo(['engineer', 'carrier'], order, 0), ['delivered']);
});
