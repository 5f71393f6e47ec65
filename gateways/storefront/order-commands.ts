/** Commands of an order, one route for each entry of the command table. Translates, decides nothing. */
import type { OrderState } from '../../actors/order/state.ts';
import { readable } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { problemReply } from '../../src/http/problem.ts';
import type { Call, Reply, Route } from '../../src/http/route.ts';
import { commandIdOf, issuerOf, sendUnder } from '../../src/identity/envelope.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { type CommandSpec, ORDER_COMMANDS, rolesFor } from '../contract/commands.ts';
import { personsIn, renderOrder } from '../contract/order.ts';
import { httpStatusOf } from '../contract/problem.ts';
import { personsInDetails, renderDetails, textOf } from '../contract/refusal.ts';
import * as rest from '../contract/rest.ts';
import type { StorefrontDeps } from './deps.ts';
import { addressable, anyRole, viewerOf } from './visible.ts';

const NEW = 'create';

export function orderCommandRoutes(deps: StorefrontDeps): Route[] {
  const specs: Readonly<Record<string, CommandSpec>> = ORDER_COMMANDS;
  return rest.orderCommands.flatMap(({ command, ...endpoint }): Route[] => {
    const spec = specs[command];
    if (spec === undefined) return [];
    const send = (call: Call) => (spec.creates ? create(deps, spec, call) : act(deps, command, spec, call));
    return [
      {
        endpoint,
        ...(spec.creates ? {} : { exists: (asked) => addressable(deps, asked) }),
        faults: (asked, body) => {
          const principal = principalIn(asked);
          const [role] = rolesFor(spec, principal, '');
          return role === undefined ? [] : (spec.check?.(body, issuerOf(principal, role)) ?? []);
        },
        handle: async (call) => reply(deps, principalIn(call), await send(call), endpoint.status),
      },
    ];
  });
}

function create(deps: StorefrontDeps, spec: CommandSpec, call: Call): Promise<Answer> {
  const commandId = commandIdOf(principalIn(call), NEW, call.key);
  return send(deps, spec, call, { type: NEW, actor: uuid5(NAMESPACE.order, commandId), commandId });
}

const act = (deps: StorefrontDeps, type: string, spec: CommandSpec, call: Call): Promise<Answer> => {
  const actor = idIn(call);
  return send(deps, spec, call, { type, actor, commandId: commandIdOf(principalIn(call), actor, call.key) });
};

function send(
  deps: StorefrontDeps,
  spec: CommandSpec,
  call: Call,
  { type, actor, commandId }: { type: string; actor: string; commandId: string },
): Promise<Answer> {
  const principal = principalIn(call);
  const { key, expectedVersion, trace, body } = call;
  const command = { type, ...body };
  const asking = { principal, kind: 'order', actor, commandId, key, command, expectedVersion, trace };
  return sendUnder(rolesFor(spec, principal, actor), asking, deps);
}

async function reply(deps: StorefrontDeps, principal: Principal, answer: Answer, status: number): Promise<Reply> {
  const { nameOf } = deps.directory;
  const viewer = viewerOf(principal);
  const replay: Record<string, string> = answer.replay ? { 'Idempotent-Replay': 'true' } : {};
  const state = answer.state as OrderState | undefined; // this kind's states
  if (viewer.staff)
    await deps.directory.know([
      ...(state ? personsIn(state) : []),
      ...(answer.ok ? [] : personsInDetails(answer.details)),
    ]);
  if (answer.ok) {
    return {
      status,
      version: answer.version,
      headers: replay,
      body: renderOrder(answer.state as OrderState, answer.version, viewer, nameOf),
    };
  }
  const { code, details, version } = answer;
  if (code !== 'version_changed') {
    return problemReply(code, httpStatusOf(code), renderDetails(details, viewer, nameOf), replay, textOf(code));
  }
  const shown = state && version !== undefined && readable(state, issuerOf(principal, anyRole(principal)));
  const order = shown ? renderOrder(state, version, viewer, nameOf) : undefined;
  return problemReply(code, httpStatusOf(code), { order }, replay, textOf(code));
}
