/** What the partners' edge needs of the machine. */
import type { Models } from '../../src/files/models.ts';
import type { Quota } from '../../src/http/quota.ts';
import type { SendDeps } from '../../src/identity/envelope.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import type { OrderFilter, OrderList } from '../../src/views/order-list.ts';
import type { EventDeps } from './events.ts';

export interface PartnerDeps extends SendDeps, EventDeps {
  readonly runtime: SendDeps['runtime'] & {
    read(
      kind: string,
      id: string,
      options?: { atLeast?: number },
    ): Promise<{ readonly version: number; readonly state: unknown; readonly stale?: number } | undefined>;
  };
  readonly quota: Pick<Quota, 'order'>;
  readonly models: Pick<Models, 'put'>;
  /** Versions after `since` of one actor, oldest first. */
  rows(kind: string, actor: string, since: number, limit: number): Promise<readonly LogRow[]>;
  /** The list of orders, newest change first. Throws `invalid` for a cursor that is none of ours. */
  listOrders(filter: OrderFilter, cursor: string | null, limit: number): Promise<OrderList>;
  /** Of these claims, those that are held: name → actor. */
  holders(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
