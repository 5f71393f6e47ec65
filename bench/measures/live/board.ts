/** One board that many watch: while the floor is busy, and while it is quiet. */
import { compared } from '../../_kit/live/compared.ts';
import type { Settings } from '../../_kit/settings.ts';
import type { Part } from './part.ts';

const QUIET_PER_SECOND = 2;
/** A quiet floor is watched for longer: few changes are few figures. */
const QUIET_LONGER = 3;

const board = (site: string, pace: (settings: Settings) => { perSecond: number; seconds: number }): Part => ({
  sites: () => [site],
  async measure(stand, settings) {
    const { sockets, cards } = settings;
    const { perSecond, seconds } = pace(settings);
    const title = `${sockets} sockets on one board of ${cards} cards, ${perSecond} changes/s, two nodes: from commit to socket`;
    const load = { title, about: 'board', sites: [site], each: cards, sockets, perSecond, seconds } as const;
    return [await compared(stand, settings, load)];
  },
});

export const busy = board('busy', ({ changes, liveSeconds }) => ({ perSecond: changes, seconds: liveSeconds }));

export const quiet = board('quiet', ({ liveSeconds }) => ({
  perSecond: QUIET_PER_SECOND,
  seconds: liveSeconds * QUIET_LONGER,
}));
