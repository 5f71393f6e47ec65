/** Jobs of kind `let-go`: at the end of a shift the orders that an operator holds and has not begun become free. */
import type { LetGoJob } from '../../actors/jobs.ts';
import { slotPrefix } from '../../actors/order/claims.ts';
import { AndonError } from '../../src/errors.ts';
import type { Handler } from '../../src/work/attempt.ts';
import type { Job } from '../../src/work/jobs.ts';
import { type OrderLine, outcomeOf, tellOrder } from './tell-order.ts';

export interface LetGoTools extends OrderLine {
  /** Claims whose names begin so: name → order that holds it. */
  claims(prefix: string): Promise<ReadonlyMap<string, string>>;
}

export const letGoHandler = (tools: LetGoTools): Handler => ({
  async run(job) {
    const { operator } = payloadOf(job);
    const held = await tools.claims(slotPrefix(operator));
    const answers = await Promise.all(
      [...held.values()].map((order) => tellOrder(tools, job, order, order, { type: 'let-go', operator })),
    );
    for (const answer of answers) outcomeOf(answer);
    return undefined;
  },
});

function payloadOf({ id, payload }: Job): LetGoJob {
  const { operator } = (payload ?? {}) as Partial<LetGoJob>;
  if (typeof operator !== 'string') throw new AndonError('bad_job', `job ${id} names no operator`);
  return { operator };
}
