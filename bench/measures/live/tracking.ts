/** Each socket follows an order of its own. */
import { compared } from '../../_kit/live/compared.ts';
import type { Part } from './part.ts';

const SITE = 'tracking';
/** Times the changes of a busy board: 500 a second by default. */
const BUSIER = 5;

export const tracking: Part = {
  sites: () => [SITE],
  async measure(stand, settings) {
    const { manySockets: sockets, changes, liveSeconds: seconds } = settings;
    const perSecond = changes * BUSIER;
    const title = `${sockets} sockets, each on its own order, ${perSecond} changes/s, two nodes: from commit to socket`;
    return [
      await compared(stand, settings, {
        title,
        about: 'order',
        sites: [SITE],
        each: sockets,
        sockets,
        perSecond,
        seconds,
      }),
    ];
  },
};
