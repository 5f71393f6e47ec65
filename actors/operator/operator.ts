/**
 * The operator actor: site, shift, limit, skills. What an operator holds is a view of the claims and not in here, so an
 * order never waits for its operator's turn.
 */
import { type ActorDefinition, type Context, type Decision, type Emission, refuse } from '../../src/runtime/actor.ts';
import { creators, factsFor } from '../command-table.ts';
import { letGoJob } from '../jobs.ts';
import { atWrongSite, isStaff, maySend } from '../policy.ts';
import { OPERATOR_COMMANDS, type OperatorCommand } from './commands.ts';
import { evolve } from './evolve.ts';
import type { OperatorEvent, OperatorState } from './state.ts';

const NOTHING_NEW: Emission<OperatorEvent> = { events: [] };

export const operator: ActorDefinition<OperatorState, OperatorCommand, OperatorEvent> = {
  kind: 'operator',
  stateVersion: 1,
  creates: creators(OPERATOR_COMMANDS),
  decide,
  evolve,
  sees: (_, issuer) => issuer.role === 'system' || isStaff(issuer.roles),
  factsFor: (command, issuer) => factsFor(OPERATOR_COMMANDS, command, issuer),
  was: () => null,
  // Written by `evolve` and `decide` of the only version so far.
  upcast: (state) => state as OperatorState,
  upcastEvent: (event) => event as OperatorEvent,
  project: () => ({ places: [], held: [], message: null, notices: [] }),
};

function decide(
  state: OperatorState | undefined,
  command: OperatorCommand,
  { issuer, actor, id }: Context<object>,
): Decision<OperatorEvent> {
  if (!maySend(OPERATOR_COMMANDS[command.type], issuer, actor)) return refuse('forbidden');
  if (command.type === 'hire') return hire(state, command);
  if (state === undefined) return refuse('not_found');
  if (atWrongSite(state.site, issuer)) return refuse('wrong_site');
  switch (command.type) {
    case 'start-shift':
      return state.onShift ? NOTHING_NEW : { events: [{ type: 'shift-started' }] };
    case 'end-shift':
      if (!state.onShift) return NOTHING_NEW;
      return { events: [{ type: 'shift-ended' }], jobs: [letGoJob(id('let-go'), { operator: actor })] };
    case 'set-limit':
      return state.limit === command.limit ? NOTHING_NEW : { events: [{ type: 'limit-set', limit: command.limit }] };
    case 'set-skills':
      return sameSet(state.skills, command.skills)
        ? NOTHING_NEW
        : { events: [{ type: 'skills-set', skills: command.skills }] };
  }
}

const sameSet = (a: readonly string[] | undefined, b: readonly string[]): boolean =>
  a?.length === b.length && b.every((one) => a.includes(one));

/** Hired once; hiring again changes nothing. */
function hire(
  state: OperatorState | undefined,
  { site, limit, skills }: Extract<OperatorCommand, { type: 'hire' }>,
): Decision<OperatorEvent> {
  if (state !== undefined) return NOTHING_NEW;
  return { events: [{ type: 'hired', site, limit, ...(skills === undefined ? {} : { skills }) }] };
}
