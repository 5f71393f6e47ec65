/** Orders captured and not begun become free when their holder has been at no board for the whole grace. */
import type { OrderState } from '../../actors/order/state.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { type OrderLine, tellAsSystem } from './tell-order.ts';

export interface AbsentTools extends OrderLine {
  /** The newest state that is known; what is older is refused when the order is told. */
  read(order: string): Promise<OrderState | undefined>;
  /** Has this holder still been absent for the whole grace? */
  isOverdue(holder: string): Promise<boolean>;
  now(): number;
  readonly graceMs: number;
  released(order: string, holder: string): void;
  failed(order: string, error: unknown): void;
}

/** One that fails keeps none of the others waiting; it is tried again at the next look. */
export async function releaseAbsent(tools: AbsentTools, holder: string, orders: readonly string[]): Promise<void> {
  for (const order of orders) await releaseOne(tools, holder, order).catch((error) => tools.failed(order, error));
}

/** The command id names order and epoch: whoever sends it again, from whichever keeper, releases once. */
async function releaseOne(tools: AbsentTools, holder: string, order: string): Promise<void> {
  const state = await tools.read(order);
  if (state === undefined || !isIdle(tools, state, holder)) return;
  if (!(await tools.isOverdue(holder))) return;
  const { epoch } = state;
  const commandId = uuid5(NAMESPACE.duty, `${order}/${epoch}/absent`);
  const answer = await tellAsSystem(tools, { commandId, by: 'presence', order }, { type: 'release-absent', epoch });
  if (answer.ok && !answer.replay) tools.released(order, holder);
}

/** Who captures without being at a board has the whole grace to come. */
function isIdle({ now, graceMs }: AbsentTools, { status, capture }: OrderState, holder: string): boolean {
  if (status !== 'MANUFACTURING_APPROVED' || capture?.operator !== holder) return false;
  return now() - Date.parse(capture.since) >= graceMs;
}
