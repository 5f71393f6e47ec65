/** Jobs of kind `timer`: tell an order that a deadline has passed. What does not apply any more the order refuses. */
import { DEADLINES, type TimerJob } from '../../actors/jobs.ts';
import { AndonError } from '../../src/errors.ts';
import type { Handler } from '../../src/work/attempt.ts';
import type { Job } from '../../src/work/jobs.ts';
import { type OrderLine, outcomeOf, tellOrder } from './tell-order.ts';

export const timerHandler = (line: OrderLine): Handler => ({
  async run(job) {
    const { order, name, version } = payloadOf(job);
    const command =
      name === 'expire'
        ? ({ type: 'expire', version, job: job.id } as const)
        : ({ type: 'deadline-passed', name, version, job: job.id } as const);
    return outcomeOf(await tellOrder(line, job, order, 'passed', command));
  },
});

function payloadOf({ id, payload }: Job): TimerJob {
  const { order, name, version } = (payload ?? {}) as Partial<TimerJob>;
  const known = name === 'expire' || DEADLINES.some((deadline) => deadline === name);
  if (typeof order !== 'string' || typeof version !== 'number' || name === undefined || !known) {
    throw new AndonError('bad_job', `job ${id} names no order, timer and version`);
  }
  return { order, name, version };
}
