/**
 * Dead jobs, copied to the dead-letter queue for whoever watches there: at least once each death, in no order. The row
 * stays what counts; nothing is driven anew from the queue.
 */
import type { Outgoing } from '../amqp/publisher.ts';
import type { Topology } from '../amqp/topology.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { follow } from '../views/follow.ts';

interface Dead {
  readonly id: string;
  readonly kind: string;
  readonly actor_id: string;
  readonly payload: unknown;
  readonly drive: number;
  readonly attempt: number;
  readonly share: string | null;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly created_at: Date;
}

const dead = statement<Dead>(import.meta.url, 'sql/dead');
const told = statement<object>(import.meta.url, 'sql/dead-told');

const MOST = 100;

export interface DeadLetterOptions {
  readonly pool: Queryable;
  readonly topology: Topology;
  /** Whether the broker can be reached. */
  connected(): boolean;
  /** Resolves when all are confirmed. */
  send(messages: readonly Outgoing[]): Promise<void>;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Between two looks, milliseconds. */
  readonly everyMs: number;
}

/** Until the signal. Two at once only tell twice. */
export const copyDeadJobs = (options: DeadLetterOptions, signal: AbortSignal): Promise<void> =>
  follow(signal, () => copySome(options), {
    pauseMs: options.everyMs,
    report: (error) => options.report('the copying of dead jobs stumbled', { error }),
  });

/** Whether there are more. */
async function copySome({ pool, topology, connected, send }: DeadLetterOptions): Promise<boolean> {
  if (!connected()) return false;
  const jobs = await dead.run(pool, [MOST]);
  if (jobs.length === 0) return false;
  await send(jobs.map((job) => letter(topology, job)));
  await told.run(pool, [jobs.map(({ id }) => id), jobs.map(({ drive }) => drive)]);
  return jobs.length === MOST;
}

/** Of one death always the same id, so that readers can tell a repeat. */
function letter(topology: Topology, { actor_id: actor, outcome: code, created_at: createdAt, ...job }: Dead): Outgoing {
  return {
    exchange: '',
    key: topology.deadLetters,
    content: Buffer.from(JSON.stringify({ ...job, actor, code, createdAt })),
    options: {
      mandatory: true,
      persistent: true,
      contentType: 'application/json',
      type: `${job.kind}.dead`,
      messageId: `${job.id}/${job.drive}`,
    },
  };
}
