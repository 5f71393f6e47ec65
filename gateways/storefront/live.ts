/** The sockets of the shop, namespace `/storefront`: following orders, for buyers, partners, staff, guests with a link. */
import type { Space } from '../../src/live/space.ts';
import type { TrackDeps } from './live-deps.ts';
import { trackService } from './live-track.ts';

export type { TrackDeps };

export const storefrontLive = (deps: TrackDeps): Space => ({
  name: '/storefront',
  guests: true,
  admits: () => true,
  serve: () => trackService(deps),
});
