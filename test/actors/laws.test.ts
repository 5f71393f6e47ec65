import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { change, timeline, told } from '../../actors/order/change.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { isFinal, STATUSES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { project } from '../../actors/order/project.ts';
import { orderRow } from '../../actors/order/row.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { upcast, upcastEvent } from '../../actors/order/upcast.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { isRefusal } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { EVERY_EVENT } from './every-event.ts';
import type { Floor, Sent } from './floor.ts';
import { ACTOR } from './given.ts';
import { anyStory, play, type Step } from './stories.ts';
import { BOSS, CARLA, CRM } from './world.ts';

/** `LAW_RUNS=20000` for a long run; each law plays its own stories. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 200);
const test = spec('laws of an order', undefined, { deadlineMs: 30_000 + RUNS * 100 });

/** After every command. */
const holds = (law: (floor: Floor, sent: Sent) => void) =>
  fc.assert(
    fc.property(anyStory, (story) => void play(story, law)),
    { numRuns: RUNS },
  );

/** At the end of every story. */
const ends = (law: (floor: Floor) => void, runs: fc.Parameters<[Step[]]> = { numRuns: RUNS }) =>
  fc.assert(
    fc.property(anyStory, (story) => law(play(story))),
    runs,
  );

test('the stories reach every status, by every command, with every event', () => {
  const statuses = new Set<string>();
  const commands = new Set<string>();
  const events = new Set<string>();
  const see = ({ state }: Floor, { command, decision }: Sent) => {
    if (state) statuses.add(state.status);
    if (isRefusal(decision) || decision.events.length === 0) return;
    commands.add(command.type);
    for (const { type } of decision.events) events.add(type);
  };
  fc.assert(
    fc.property(anyStory, (story) => void play(story, see)),
    { numRuns: 600, seed: 1 },
  );
  assert.equal([...statuses].toSorted(), [...STATUSES].toSorted());
  assert.equal([...commands].toSorted(), Object.keys(ORDER_COMMANDS).toSorted());
  assert.equal([...events].toSorted(), EVERY_EVENT);
});

test('replay equals live: the fold of the events, read back from JSON, is the state', () => {
  ends(({ rows, state }) => {
    const log = JSON.parse(JSON.stringify(rows)) as typeof rows;
    let folded: OrderState | undefined;
    for (const { events, version, at, after, stateVersion } of log) {
      for (const event of events) {
        folded = order.evolve(folded, upcastEvent(event, stateVersion), { actor: ACTOR, version, at });
      }
      assert.equal(upcast(after, stateVersion), folded);
      assert.is(folded?.version, version);
    }
    assert.equal(folded, state);
  });
});

test('at most one operator holds an order, and exactly the claim of its capture is taken', () => {
  holds(({ claims, state }) => {
    const capture = state?.capture;
    assert.equal([...claims], capture ? [`slot:${capture.operator}:${capture.slot}`] : []);
  });
});

const RAISES: readonly OrderEvent['type'][] = ['captured', 'released', 'handed-over', 'reworked'];

test('the epoch only rises: by one with every capture, release, hand-over and rework', () => {
  holds(({ state }, { before, decision }) => {
    const events = isRefusal(decision) ? [] : decision.events;
    assert.is((state?.epoch ?? 0) - (before?.epoch ?? 0), events.filter(({ type }) => RAISES.includes(type)).length);
  });
});

test('revision and version of the price only rise, the priority stays within 0 and 3', () => {
  holds(({ state }, { before }) => {
    if (!state || !before) return;
    assert.ok(state.revision >= before.revision && state.priceVersion >= before.priceVersion);
    assert.ok(state.priority >= 0 && state.priority <= 3);
    if (state.price) assert.is(state.price.version, state.priceVersion);
  });
});

test('a closed order stays as it is', () => {
  holds(({ state }, { before }) => {
    if (before && isFinal(before.status)) assert.is(state, before);
  });
});

test('only what a status can have goes with it', () => {
  holds(({ state }) => {
    if (!state) return;
    const { status, capture, handOver, hold, cancellation, shipment, price } = state;
    if (capture) assert.match(status, /^MANUFACTURING_(APPROVED|STARTED)$/);
    if (handOver) assert.ok(capture && capture.operator !== handOver.to);
    if (cancellation) assert.match(status, /^(MANUFACTURING_|PACKAGING)/);
    if (isFinal(status)) assert.equal([capture, handOver, hold, cancellation], [null, undefined, undefined, undefined]);
    assert.is(shipment !== undefined, ['SHIPPED', 'DELIVERED', 'CLOSED'].includes(status));
    if (['SUBMITTED', 'PRICING', 'PRICE_FAILED', 'INITIATED'].includes(status)) assert.is(price, undefined);
    if (/^(PRICE_CALCULATED|MANUFACTURING_)/.test(status)) assert.ok(price);
  });
});

test('a refusal has a code of the closed list', () => {
  const codes = new Set(
    `already_captured stale_epoch not_holder wip_limit wrong_site wrong_skill off_shift wrong_status on_hold price_expired
    price_changed cancel_pending nothing_pending reference_taken invalid forbidden not_found`.split(/\s+/),
  );
  holds((_, { decision }) => {
    if (isRefusal(decision)) assert.ok(codes.has(decision.refused), decision.refused);
  });
});

test('the same story gives the same order', () => {
  fc.assert(
    fc.property(anyStory, (story) => assert.equal(play(story).rows, play(story).rows)),
    { numRuns: RUNS },
  );
});

test('a command said again at once changes nothing', () => {
  holds((floor, { command, as, decision }) => {
    if (isRefusal(decision)) return;
    const again = floor.judge(command, as);
    if (!isRefusal(again)) assert.equal(again.events, []);
  });
});

test('every open order says whom it waits for, since a time that has come', () => {
  holds(({ state, now }) => {
    if (state === undefined) return;
    const line = waiting(state);
    const settled = isFinal(state.status) || (state.status === 'DELIVERED' && !state.hold);
    assert.is(line.for === 'nobody', settled);
    assert.ok(Date.parse(line.since) <= now && line.reason !== '');
    assert.is(line.who, line.for === 'holder' ? state.capture?.operator : undefined);
  });
});

test('from every open status people find a way out', () => {
  ends((floor) => {
    const { site: _, ...supervisor } = BOSS;
    const out = floor.copy();
    for (let n = 0; n < 6 && out.state && !isFinal(out.state.status); n++) {
      const { status, hold, capture, cancellation, epoch } = out.state;
      if (hold) out.send({ type: 'resume' }, CRM);
      else if (status === 'SHIPPED') out.send({ type: 'delivered' }, CARLA);
      else if (status === 'DELIVERED') out.send({ type: 'close' }, CRM);
      else if (capture) out.send({ type: 'release', epoch, reason: 'machine-down' }, supervisor);
      else if (cancellation) out.send({ type: 'accept-cancel' }, CRM);
      else out.send({ type: 'request-cancel', reason: 'changed-mind' }, CRM);
    }
    assert.ok(out.state && isFinal(out.state.status), out.state?.status);
  });
});

test('no deadline runs that nobody watches', () => {
  holds(({ state, timers, now }) => {
    if (state === undefined) return;
    const watched = (name: string, version?: number, due?: string) =>
      timers.some(({ payload, ...timer }) => {
        const same = payload.name === name && (version ?? payload.version) === payload.version;
        return same && (due ?? timer.due) === timer.due;
      });
    const { status, hold, price, handOver, cancellation, clock } = state;
    if (status === 'INITIATED' && !hold) assert.ok(watched('expire', clock ?? 1), 'expire');
    if (status === 'DELIVERED' && !hold) assert.ok(watched('close', clock), 'close');
    if (status === 'PRICE_CALCULATED' && price && !price.expired)
      assert.ok(watched('price', price.version, price.validUntil), `price ${now}`);
    if (handOver) assert.ok(watched('hand-over', handOver.version, handOver.deadline), 'hand-over');
    if (cancellation && !cancellation.escalated)
      assert.ok(watched('cancellation', cancellation.version, cancellation.deadline), 'cancellation');
  });
});

test('no order waits for a price that nobody calculates', () => {
  holds(({ state, priceJobs }) => {
    if (state?.status !== 'SUBMITTED' && state?.status !== 'PRICING') return;
    assert.ok(priceJobs.some(({ payload }) => payload.revision === state.revision));
  });
});

test('projections are total, and every version has at least one item in the timeline', () => {
  ends(({ rows }) => {
    for (const row of rows) {
      const view = project(row);
      const here = view.places.find(({ board }) => board === row.after.site);
      assert.is(here?.lane ?? null, orderRow(row).lane);
      assert.equal(here?.card ?? null, orderRow(row).card);
      assert.ok(timeline(told(row)).length >= 1);
      assert.is(change(told(row)).version, row.version);
      assert.equal(JSON.parse(JSON.stringify(view)), view, 'survives JSON');
    }
  });
});

test('boards kept row by row show the order where it is and nowhere else', () => {
  ends(({ rows }) => {
    const boards = new Map<string, string>();
    for (const { board, lane } of rows.flatMap((row) => project(row).places)) {
      if (lane === null) boards.delete(board);
      else boards.set(board, lane);
    }
    const newest = rows.at(-1);
    const lane = newest && orderRow(newest).lane;
    assert.equal([...boards], newest && lane ? [[newest.after.site, lane]] : []);
  });
});

test('hints of held slots end with exactly the slot of the capture', () => {
  ends(({ rows, claims }) => {
    const hints = new Set<string>();
    for (const hint of rows.flatMap((row) => project(row).held)) {
      const name = `slot:${hint.holder}:${hint.slot}`;
      if (hint.held) hints.add(name);
      else hints.delete(name);
    }
    assert.equal([...hints], [...claims]);
  });
});

test('an event of an order that was never created can’t be folded', () => {
  assert.throws(
    () => order.evolve(undefined, { type: 'submitted' }, { actor: ACTOR, version: 1, at: '' }),
    /never created/,
  );
});
