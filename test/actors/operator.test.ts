import * as assert from 'uvu/assert';
import { operator } from '../../actors/operator/operator.ts';
import type { OperatorEvent } from '../../actors/operator/state.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, atMinute, COMMAND, given } from './given.ts';
import { BO, BOSS, OLGA, OTTO, SYSTEM } from './world.ts';

const test = spec('operator');
const me: Issuer = { ...OLGA, id: ACTOR };
const elsewhere: Issuer = { ...BOSS, site: 'south' };
const hired: OperatorEvent = { type: 'hired', site: 'north', limit: 5 };
const working: OperatorEvent[] = [hired, { type: 'shift-started' }];
const startShift = { type: 'start-shift' } as const;
const endShift = { type: 'end-shift' } as const;

test('is hired off shift, with all skills', () => {
  const { state } = given(operator).when({ type: 'hire', site: 'north', limit: 5 }, { as: SYSTEM }).then(hired);
  assert.equal(state, { id: ACTOR, site: 'north', onShift: false, limit: 5 });
});

test('is hired with named skills', () => {
  const { state } = given(operator)
    .when({ type: 'hire', site: 'north', limit: 5, skills: ['brass'] }, { as: BOSS })
    .then({ ...hired, skills: ['brass'] } as OperatorEvent);
  assert.equal(state.skills, ['brass']);
});

test('is hired once', () => {
  given(operator, hired).when({ type: 'hire', site: 'south', limit: 9 }, { as: SYSTEM }).then();
});

test('begins and ends its shift', () => {
  const { state } = given(operator, hired).when(startShift, { as: me }).then({ type: 'shift-started' });
  assert.is(state.shiftSince, atMinute(1));
  const after = given(operator, hired, { type: 'shift-started' })
    .when(endShift, { as: me })
    .then({ type: 'shift-ended' });
  assert.equal(after.state, { id: ACTOR, site: 'north', onShift: false, limit: 5 });
});

test('the end of a shift asks for a job that lets go of what was not begun', () => {
  const { emission } = given(operator, ...working)
    .when(endShift, { as: me })
    .then({ type: 'shift-ended' });
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'let-go'), kind: 'let-go', payload: { operator: ACTOR } }]);
});

test('a shift that runs is not begun again, nor an ended one ended', () => {
  given(operator, hired, { type: 'shift-started' }).when(startShift, { as: me }).then();
  given(operator, hired).when(endShift, { as: me }).then();
});

test('a supervisor of the site may begin and end a shift for it', () => {
  given(operator, hired).when(startShift, { as: BOSS }).then({ type: 'shift-started' });
  given(operator, hired).when(startShift, { as: elsewhere }).thenRefused('wrong_site');
});

test('nobody begins the shift of a colleague', () => {
  given(operator, hired).when(startShift, { as: OTTO }).thenRefused('forbidden');
});

test('a supervisor sets the limit; an equal one changes nothing', () => {
  const { state } = given(operator, hired)
    .when({ type: 'set-limit', limit: 7 }, { as: BOSS })
    .then({ type: 'limit-set', limit: 7 });
  assert.is(state.limit, 7);
  given(operator, hired).when({ type: 'set-limit', limit: 5 }, { as: BOSS }).then();
});

test('no operator sets a limit, its own included', () => {
  given(operator, hired).when({ type: 'set-limit', limit: 7 }, { as: me }).thenRefused('forbidden');
});

test('a supervisor sets the skills; equal ones, in any order, change nothing', () => {
  const skills = ['brass', 'pa12'];
  const { state } = given(operator, hired)
    .when({ type: 'set-skills', skills }, { as: BOSS })
    .then({ type: 'skills-set', skills });
  assert.equal(state.skills, skills);
  given(operator, hired, { type: 'skills-set', skills })
    .when({ type: 'set-skills', skills: ['pa12', 'brass'] }, { as: BOSS })
    .then();
  given(operator, hired, { type: 'skills-set', skills })
    .when({ type: 'set-skills', skills: ['pa12'] }, { as: BOSS })
    .then({ type: 'skills-set', skills: ['pa12'] });
  given(operator, hired).when({ type: 'set-skills', skills }, { as: elsewhere }).thenRefused('wrong_site');
  given(operator, hired).when({ type: 'set-skills', skills }, { as: me }).thenRefused('forbidden');
});

test('who was never hired has no shift', () => {
  given(operator).when(startShift, { as: me }).thenRefused('not_found');
});

test('is seen by staff and system, not by buyers', () => {
  const { state } = given(operator, hired);
  assert.equal(
    [OTTO, SYSTEM, BO].map((issuer) => operator.sees(state, issuer)),
    [true, true, false],
  );
});

test('stands on no board, is watched by nobody and tells nobody', () => {
  const { state } = given(operator, hired);
  const row = { kind: 'operator', actor: ACTOR, version: 1, commandId: ACTOR, issuer: SYSTEM, at: atMinute(0) };
  assert.equal(operator.project({ ...row, events: [hired], after: state, stateVersion: 1, was: null, trace: null }), {
    places: [],
    held: [],
    message: null,
    notices: [],
  });
  assert.is(operator.was(state), null);
});
