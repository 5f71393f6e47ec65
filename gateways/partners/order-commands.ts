/** Commands of partners' orders, one route for each entry of the command table that is open to them. */
import { idIn, principalIn } from '../../src/http/caller.ts';
import { problemReply } from '../../src/http/problem.ts';
import type { Call, Reply, Route } from '../../src/http/route.ts';
import { commandIdOf, issuerOf, sendUnder } from '../../src/identity/envelope.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { type CommandSpec, ORDER_COMMANDS, rolesFor } from '../contract/commands.ts';
import { partnerCommands } from '../contract/partners.ts';
import { textOf } from '../contract/refusal.ts';
import { tell } from './answer.ts';
import type { PartnerDeps } from './deps.ts';
import { isOwn } from './own-order.ts';

/** Scope of the keys under which orders are created. */
export const NEW = 'create';

export function orderCommandRoutes(deps: PartnerDeps): Route[] {
  const specs: Readonly<Record<string, CommandSpec>> = ORDER_COMMANDS;
  return partnerCommands.flatMap(({ command, ...endpoint }): Route[] => {
    const spec = specs[command];
    if (spec === undefined) return [];
    return [
      {
        endpoint,
        ...(spec.creates ? {} : { exists: (asked) => isOwn(deps, asked) }),
        faults: (asked, body) => spec.check?.(body, issuerOf(principalIn(asked), 'partner')) ?? [],
        handle: async (call) => {
          if (spec.creates) await deps.quota.order(principalIn(call).tenant, 1, call.tell);
          return send(deps, command, spec, call, endpoint.status);
        },
      },
    ];
  });
}

async function send(deps: PartnerDeps, type: string, spec: CommandSpec, call: Call, status: number): Promise<Reply> {
  const principal = principalIn(call);
  const { key, expectedVersion, trace, body } = call;
  const commandId = commandIdOf(principal, spec.creates ? NEW : idIn(call), key);
  const actor = spec.creates ? uuid5(NAMESPACE.order, commandId) : idIn(call);
  const asking = {
    principal,
    kind: 'order',
    actor,
    commandId,
    key,
    command: { type, ...body },
    expectedVersion,
    trace,
  };
  const answer = await sendUnder(rolesFor(spec, principal, actor), asking, deps);
  const headers: Record<string, string> = answer.replay ? { 'Idempotent-Replay': 'true' } : {};
  const told = tell(answer, principal);
  if (told.ok) return { status, version: told.version, headers, body: told.order };
  return problemReply(told.code, told.status, told.details, headers, textOf(told.code));
}
