/** What jobs and duties tell an order, as the system. */
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { AndonError } from '../../src/errors.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import type { Outcome } from '../../src/work/attempt.ts';
import type { Job } from '../../src/work/jobs.ts';

export interface OrderLine {
  send(envelope: Envelope<OrderCommand>): Promise<Answer<OrderState>>;
  /** Keyed hash of a command. */
  sign(envelope: Omit<Envelope<OrderCommand>, 'hash'>): string;
}

/** A job: under an id that every attempt of one drive repeats. */
export function tellOrder(
  line: OrderLine,
  job: Job,
  order: string,
  step: string,
  command: OrderCommand,
): Promise<Answer<OrderState>> {
  const commandId = uuid5(NAMESPACE.job, `${job.id}/${job.drive}/${step}`);
  const trace = job.trace === null ? {} : { trace: job.trace };
  return tellAsSystem(line, { commandId, by: job.id, order, ...trace }, command);
}

export interface Telling {
  readonly commandId: string;
  /** Job or duty. */
  readonly by: string;
  readonly order: string;
  readonly trace?: string;
}

export function tellAsSystem(
  line: OrderLine,
  { commandId, by, order, ...trace }: Telling,
  command: OrderCommand,
): Promise<Answer<OrderState>> {
  const unsigned = {
    kind: 'order',
    actor: order,
    commandId,
    issuer: { role: 'system', roles: ['system'], id: by, tenant: 'system' },
    command,
    repeatable: false,
    ...trace,
  };
  return line.send({ ...unsigned, hash: line.sign(unsigned) });
}

/** The order has moved on, or was already told: nobody wants this any more. */
const OBSOLETE = ['wrong_status', 'nothing_pending', 'on_hold', 'stale_epoch', 'idempotency_key_reused'];

/** Throws what is no answer of the business, so that the job is tried again. */
export function outcomeOf(answer: Answer): Outcome {
  if (answer.ok) return undefined;
  const { code } = answer;
  if (OBSOLETE.includes(code)) return { obsolete: code };
  throw new AndonError(code, `the order refused what a job told it: ${code}`);
}
