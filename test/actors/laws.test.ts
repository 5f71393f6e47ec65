import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { timeline, told } from '../../actors/order/change.ts';
import { isFinal } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { project } from '../../actors/order/project.ts';
import { orderRow } from '../../actors/order/row.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { upcast, upcastEvent } from '../../actors/order/upcast.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { isRefusal } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { anyStory, Floor, type Step } from './floor.ts';
import { ACTOR } from './given.ts';

const test = spec('laws of an order', undefined, { deadlineMs: 30_000 });
const RUNS = { numRuns: 300 };

const holds = (law: (floor: Floor, step: Step, before: OrderState | undefined) => void) =>
  fc.assert(
    fc.property(anyStory, (story) => {
      const floor = new Floor();
      for (const step of story) {
        const before = floor.state;
        floor.send(step);
        law(floor, step, before);
      }
    }),
    RUNS,
  );

const afterAll = (law: (floor: Floor) => void, runs: fc.Parameters<[Step[]]> = RUNS) =>
  fc.assert(
    fc.property(anyStory, (story) => {
      const floor = new Floor();
      for (const step of story) floor.send(step);
      law(floor);
    }),
    runs,
  );

test('the stories reach every status of this stage', () => {
  const reached = new Set<string>();
  afterAll(
    (floor) => {
      for (const row of floor.rows) reached.add(row.after.status);
    },
    { numRuns: 600, seed: 1 },
  );
  assert.is(reached.size, 9, [...reached].join(' '));
});

test('replay equals live: the fold of the events, read back from JSON, is the state', () => {
  afterAll(({ rows, state }) => {
    const log = JSON.parse(JSON.stringify(rows)) as typeof rows;
    let folded: OrderState | undefined;
    for (const { events, version, at, after, stateVersion } of log) {
      for (const event of events) {
        folded = order.evolve(folded, upcastEvent(event, stateVersion), { actor: ACTOR, version, at });
      }
      assert.equal(upcast(after, stateVersion), folded);
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

test('the epoch only rises, by one with every capture and every release', () => {
  holds(({ state }, _, before) => {
    const changed =
      before?.capture?.operator !== state?.capture?.operator && state?.status !== 'MANUFACTURING_COMPLETED';
    assert.is((state?.epoch ?? 0) - (before?.epoch ?? 0), changed ? 1 : 0);
  });
});

test('a closed order stays as it is', () => {
  holds(({ state }, _, before) => {
    if (before && isFinal(before.status)) assert.is(state, before);
  });
});

test('a refusal has a code of the closed list', () => {
  const codes = new Set(
    `already_captured stale_epoch not_holder wip_limit wrong_site wrong_skill off_shift wrong_status on_hold price_expired
    price_changed cancel_pending nothing_pending reference_taken invalid forbidden not_found`.split(/\s+/),
  );
  fc.assert(
    fc.property(anyStory, (story) => {
      const floor = new Floor();
      for (const step of story) {
        const decision = floor.send(step);
        if (isRefusal(decision)) assert.ok(codes.has(decision.refused), decision.refused);
      }
    }),
    RUNS,
  );
});

test('deciding twice on the same state gives the same answer', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const [one, two] = [new Floor(), new Floor()];
      for (const step of story) assert.equal(one.send(step), two.send(step));
    }),
    RUNS,
  );
});

test('every open order says whom it waits for, since a time that has come', () => {
  holds(({ state, now }) => {
    if (state === undefined) return;
    const line = waiting(state);
    assert.is(line.for === 'nobody', isFinal(state.status));
    assert.ok(Date.parse(line.since) <= now && line.reason !== '');
    assert.is(line.who, line.for === 'holder' ? state.capture?.operator : undefined);
  });
});

test('projections are total, and every version has at least one item in the timeline', () => {
  afterAll(({ rows }) => {
    for (const row of rows) {
      const view = project(row);
      const [place] = view.places;
      assert.is(place?.lane ?? null, orderRow(row).lane);
      assert.equal(place?.card ?? null, orderRow(row).card);
      assert.ok(timeline(told(row)).length >= 1);
      assert.equal(JSON.parse(JSON.stringify(view)), view, 'survives JSON');
    }
  });
});

test('the newest row alone mends a board: it says where the order is, or that it is gone', () => {
  afterAll(({ rows }) => {
    const onBoard = rows.some((row) => orderRow(row).lane !== null);
    const newest = rows.at(-1);
    if (newest && onBoard) assert.is(project(newest).places[0]?.lane ?? null, orderRow(newest).lane);
    if (newest) assert.is(project(newest).places.length, onBoard ? 1 : 0);
  });
});

test('hints of held slots end with exactly the slot of the capture', () => {
  afterAll(({ rows, claims }) => {
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
