/** Commands of an operator, one route for each entry of the command table; `me` is oneself. */
import type { OperatorState } from '../../actors/operator/state.ts';
import { isStaff } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { problemReply } from '../../src/http/problem.ts';
import type { Asked, Call, Reply, Route } from '../../src/http/route.ts';
import { commandIdOf, envelopeFor } from '../../src/identity/envelope.ts';
import { type CommandSpec, OPERATOR_COMMANDS, rolesFor } from '../contract/commands.ts';
import { type OperatorAnswer, renderOperator } from '../contract/operator.ts';
import { httpStatusOf } from '../contract/problem.ts';
import { textOf } from '../contract/refusal.ts';
import * as rest from '../contract/rest.ts';
import type { FloorRestDeps } from './deps.ts';
import { momentOf } from './moment.ts';

export function operatorCommandRoutes(deps: FloorRestDeps): Route[] {
  const specs: Readonly<Record<string, CommandSpec>> = OPERATOR_COMMANDS;
  return rest.operatorCommands.flatMap(({ command, ...endpoint }): Route[] => {
    const spec = specs[command];
    if (spec === undefined) return [];
    return [
      {
        endpoint,
        exists: (asked) => exists(deps, asked),
        allowed: (asked) => rolesFor(spec, principalIn(asked), operatorIn(asked)).length > 0,
        handle: (call) => send(deps, command, spec, call),
      },
    ];
  });
}

/** For buyers and partners there are no operators. */
const exists = async ({ runtime }: FloorRestDeps, asked: Asked): Promise<boolean> =>
  isStaff(principalIn(asked).roles) && (await runtime.read('operator', operatorIn(asked))) !== undefined;

const operatorIn = (asked: Asked): string => (asked.params['id'] === 'me' ? principalIn(asked).id : idIn(asked));

async function send(deps: FloorRestDeps, type: string, spec: CommandSpec, call: Call): Promise<Reply> {
  const principal = principalIn(call);
  const actor = operatorIn(call);
  const { key, expectedVersion, trace, body } = call;
  const [role = ''] = rolesFor(spec, principal, actor);
  const commandId = commandIdOf(principal, actor, key);
  const asking = { principal, role, kind: 'operator', actor, commandId, key, expectedVersion, trace };
  const answer = await deps.runtime.send(envelopeFor({ ...asking, command: { type, ...body } }, deps.hashOf));
  const headers: Record<string, string> = answer.replay ? { 'Idempotent-Replay': 'true' } : {};
  if (!answer.ok) {
    const { code, details } = answer;
    return problemReply(code, httpStatusOf(code), details, headers, textOf(code));
  }
  const state = answer.state as OperatorState; // this kind's states
  const now = await momentOf(deps, [actor]);
  const operator = renderOperator(state, now(actor), deps.directory.nameOf);
  const done: OperatorAnswer = { ok: true, version: answer.version, operator };
  return { version: answer.version, headers, body: done };
}
