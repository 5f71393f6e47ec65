/** What following orders over sockets needs of the machine. */
import type { Told } from '../../actors/order/change.ts';
import type { Shares } from '../../src/identity/shares.ts';
import type { ActorWatchOptions } from '../../src/live/actor-watch.ts';
import type { StorefrontDeps } from './deps.ts';
import type { ProgressDeps } from './live-progress.ts';

export interface TrackDeps
  extends Pick<StorefrontDeps, 'directory' | 'runtime' | 'rows'>,
    ProgressDeps,
    Pick<ActorWatchOptions<Told>, 'subscriber' | 'checkMs' | 'awayCheckMs'> {
  readonly shares: Pick<Shares, 'look' | 'revokedWithin' | 'forget'>;
  /** Channel of the guest links that were revoked. */
  readonly sharesEnded: string;
  /** Shard channel of an order. */
  channel(order: string): string;
  /** Newest versions of these orders as the log knows them, in the order asked; 0 = none. */
  versions(orders: readonly string[]): Promise<readonly number[]>;
}
