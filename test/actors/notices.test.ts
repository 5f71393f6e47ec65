import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { ears, notices } from '../../actors/order/notices.ts';
import { project } from '../../actors/order/project.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { logOf } from './log.ts';
import { anyStory, play } from './stories.ts';
import {
  APPROVED,
  ASKED,
  BO,
  BOSS,
  CAPTURED,
  CRM,
  cancelled,
  cancelRequested,
  captured,
  completed,
  escalated,
  INITIATED,
  OFFERED,
  OLGA,
  OTTO,
  offered,
  PACKAGING,
  released,
  STARTED,
  SYSTEM,
  started,
} from './world.ts';

const test = spec('notices of an order');

/** Whom the newest row tells what, when this person's command made it. */
const told = (story: readonly OrderEvent[], by: Issuer) => notices({ ...logOf(story).at(-1)!, issuer: by });

const toOlga = { person: OLGA.id };
const toOtto = { person: OTTO.id };
const toCrm = { role: 'crm', site: 'north' };
const deadline = '2026-03-02T08:37:00.000Z';
const lost = (why: 'forced' | 'absent' | 'let-go'): OrderEvent => ({ type: 'released', operator: OLGA.id, why });
const accepted: OrderEvent = { type: 'handed-over', from: OLGA.id, operator: OTTO.id, slot: 1 };

test('to whom an order is offered hears of it, with the end of the offer', () => {
  const offer = { to: toOtto, kind: 'hand_over', deadline: '2026-03-02T08:21:00.000Z' };
  assert.equal(told(OFFERED, OLGA), [offer]);
  assert.equal(told(OFFERED, BOSS), [offer]);
});

test('who offers an order to himself is told nothing', () => {
  assert.equal(told(OFFERED, OTTO), []);
});

test('holder and CRM of the site hear at once that somebody wants to cancel, and until when to answer', () => {
  const kind = 'cancel_requested';
  assert.equal(told(ASKED, BO), [
    { to: toOlga, kind, deadline },
    { to: toCrm, kind, deadline },
  ]);
});

test('of an order that nobody holds only the CRM hears', () => {
  const question = { to: toCrm, kind: 'cancel_requested', deadline };
  assert.equal(told([...PACKAGING, cancelRequested(10)], BO), [question]);
});

test('an order that is cancelled at once asks nobody', () => {
  assert.equal(told([...APPROVED, cancelled], BO), []);
});

test('a question nobody answered goes to the CRM alone, and no time runs any more', () => {
  assert.equal(told([...ASKED, escalated], SYSTEM), [{ to: toCrm, kind: 'cancel_requested' }]);
});

test('who loses an order hears of it, however it was lost', () => {
  const gone = [{ to: toOlga, kind: 'released' }];
  assert.equal(told([...CAPTURED, lost('forced')], BOSS), gone);
  assert.equal(told([...CAPTURED, lost('absent')], SYSTEM), gone);
  assert.equal(told([...CAPTURED, lost('let-go')], SYSTEM), gone);
  assert.equal(told([...OFFERED, accepted], OTTO), gone);
  assert.equal(told([...ASKED, cancelled], CRM), gone);
});

test('who gives an order away himself is not told so', () => {
  for (const last of [released(OLGA), cancelled]) assert.equal(told([...CAPTURED, last], OLGA), []);
  assert.equal(told([...STARTED, completed], OLGA), []);
});

test('who keeps the order has lost nothing', () => {
  for (const last of [started, offered()]) {
    const kinds = told([...CAPTURED, last], BOSS).map(({ kind }) => kind);
    assert.not(kinds.includes('released'));
  }
  assert.equal(told([...APPROVED, captured(OLGA)], OLGA), []);
});

test('in any story who is told to answer is asked something, and who lost an order is told or did it', () => {
  const asking = ['hand-over-offered', 'cancel-requested', 'cancel-escalated'];
  fc.assert(
    fc.property(anyStory, (story) => {
      for (const row of play(story).rows) {
        const all = notices(row);
        const holder = (row.was as { holder: string | null } | null)?.holder ?? null;
        const loser = holder !== null && holder !== row.after.capture?.operator ? holder : undefined;
        const owed = loser === undefined || loser === row.issuer.id ? [] : [{ person: loser }];
        const ofKind = (wanted: boolean) => all.filter(({ kind }) => (kind === 'released') === wanted);
        assert.equal(
          ofKind(true).map(({ to }) => to),
          owed,
        );
        if (ofKind(false).length > 0) assert.ok(row.events.some(({ type }) => asking.includes(type)));
        for (const { to } of all) assert.is.not('person' in to && to.person, row.issuer.id);
      }
    }),
    { numRuns: 200 },
  );
});

test('the notices of a row are part of what it changes', () => {
  const row = logOf(ASKED).at(-1)!;
  assert.equal(project(row).notices, notices(row));
  assert.equal(project(logOf(INITIATED)[0]!).notices, []);
});

test('a person listens for itself; the CRM for its site, or for all', () => {
  const sites = ['north', 'south'];
  assert.equal(ears(OLGA, sites), [toOlga]);
  assert.equal(ears({ ...CRM, site: 'south' }, sites), [{ person: CRM.id }, { role: 'crm', site: 'south' }]);
  assert.equal(ears(CRM, sites), [{ person: CRM.id }, toCrm, { role: 'crm', site: 'south' }]);
});
