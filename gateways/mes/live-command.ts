/** Commands over sockets: the same ids, hashes, checks and answers as over REST, in the order that surface promises. */
import type { CommandTable } from '../../actors/command-table.ts';
import type { OperatorState } from '../../actors/operator/state.ts';
import { card } from '../../actors/order/card.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { isStaff, readable, sees } from '../../actors/policy.ts';
import { type Fault, invalidInput } from '../../src/errors.ts';
import { forbidden, keyRequired, notFound } from '../../src/http/fail.ts';
import { traceOf } from '../../src/http/request-headers.ts';
import { type Check, checker, refuseFaults } from '../../src/http/validate.ts';
import { commandIdOf, issuerOf, sendUnder } from '../../src/identity/envelope.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { type Handler, on } from '../../src/live/space.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import { personsOnCard, renderCard } from '../contract/card.ts';
import { type CommandSpec, OPERATOR_COMMANDS, ORDER_COMMANDS, offered, rolesFor } from '../contract/commands.ts';
import { type CommandAck, CommandMessage } from '../contract/live.ts';
import { renderOperator } from '../contract/operator.ts';
import { personsIn, renderOrder } from '../contract/order.ts';
import { personsInDetails, renderDetails } from '../contract/refusal.ts';
import { principalOf } from './live-caller.ts';
import type { FloorLiveDeps } from './live-deps.ts';
import { momentOf } from './moment.ts';

interface Offer {
  readonly spec: CommandSpec;
  readonly check: Check;
}

interface Target {
  readonly kind: 'order' | 'operator';
  readonly actor: string;
}

const offers = (table: CommandTable): ReadonlyMap<string, Offer> =>
  new Map(offered(table, 'mes').map(({ name, spec }) => [name, { spec, check: checker(spec.fields) }]));

export function commandHandler(deps: FloorLiveDeps): Handler {
  const tables = { order: offers(ORDER_COMMANDS), operator: offers(OPERATOR_COMMANDS) };
  return on(CommandMessage, async (line, message) => {
    const { order, operator, type, key, expectedVersion, ...fields } = message;
    const principal = principalOf(line);
    const target = targetOf(order, operator, principal);
    const offer = tables[target.kind].get(type);
    if (offer === undefined) throw invalidInput([{ path: '/type', rule: 'unknown command' }]);
    const roles = rolesFor(offer.spec, principal, target.actor);
    try {
      check(offer, fields, principal, roles, key);
    } catch (error) {
      if (!(await exists(deps, target, principal))) throw notFound();
      throw error;
    }
    const answer = await sendUnder(
      roles,
      {
        principal,
        ...target,
        commandId: commandIdOf(principal, target.actor, key),
        key,
        command: { type, ...fields },
        expectedVersion,
        trace: traceOf({}),
      },
      deps,
    );
    const ack = target.kind === 'order' ? orderAck(deps, principal, answer) : operatorAck(deps, target.actor, answer);
    return { ack: await ack };
  });
}

function targetOf(order: string | undefined, operator: string | undefined, principal: Principal): Target {
  if (order !== undefined && operator === undefined) return { kind: 'order', actor: order };
  if (operator !== undefined && order === undefined)
    return { kind: 'operator', actor: operator === 'me' ? principal.id : operator };
  throw invalidInput([{ path: '/order', rule: 'name either an order or an operator' }]);
}

function check(
  { spec, check: faultsIn }: Offer,
  fields: Readonly<Record<string, unknown>>,
  principal: Principal,
  [role]: readonly string[],
  key: string | undefined,
): void {
  if (role === undefined) throw forbidden();
  const faults: readonly Fault[] = faultsIn(fields);
  refuseFaults(faults);
  refuseFaults(spec.check?.(fields, issuerOf(principal, role)) ?? []);
  if (spec.keyRequired && key === undefined) throw keyRequired();
}

/** Asked only before a *no* that would tell that it exists. */
async function exists({ runtime }: FloorLiveDeps, { kind, actor }: Target, principal: Principal): Promise<boolean> {
  const read = await runtime.read(kind, actor);
  if (read === undefined || kind === 'operator') return read !== undefined;
  const state = read.state as OrderState; // this kind's states
  return principal.roles.some((role) => sees(state, issuerOf(principal, role)));
}

async function orderAck({ directory }: FloorLiveDeps, principal: Principal, answer: Answer): Promise<CommandAck> {
  const { nameOf } = directory;
  const viewer = { id: principal.id, staff: isStaff(principal.roles) };
  const replay = answer.replay ? { replay: true } : {};
  const { version } = answer;
  const state = answer.state as OrderState | undefined; // this kind's states
  const shown =
    state !== undefined && readable(state, issuerOf(principal, principal.roles[0] ?? '')) ? state : undefined;
  const placed = shown && version !== undefined ? card(shown, version) : null;
  await directory.know([
    ...(shown ? personsIn(shown) : []),
    ...(placed ? personsOnCard(placed) : []),
    ...(answer.ok ? [] : personsInDetails(answer.details)),
  ]);
  const order = shown && version !== undefined ? { order: renderOrder(shown, version, viewer, nameOf) } : {};
  if (!answer.ok) {
    const { code, details } = answer;
    const told = code === 'version_changed' ? {} : renderDetails(details, viewer, nameOf);
    return { ...told, ...order, ...replay, ok: false, code };
  }
  return {
    ok: true,
    version: answer.version,
    ...order,
    ...(placed ? { card: renderCard(placed, nameOf) } : {}),
    ...replay,
  };
}

async function operatorAck(deps: FloorLiveDeps, id: string, answer: Answer): Promise<CommandAck> {
  const replay = answer.replay ? { replay: true } : {};
  if (!answer.ok) return { ...answer.details, ...replay, ok: false, code: answer.code };
  const now = await momentOf(deps, [id]);
  const state = answer.state as OperatorState; // this kind's states
  return {
    ok: true,
    version: answer.version,
    operator: renderOperator(state, now(id), deps.directory.nameOf),
    ...replay,
  };
}
