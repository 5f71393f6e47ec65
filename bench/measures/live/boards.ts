/** Many boards, each with its floor. */
import { compared } from '../../_kit/live/compared.ts';
import type { Settings } from '../../_kit/settings.ts';
import type { Part } from './part.ts';

const CARDS = 20;
/** Of each board. */
const PER_SECOND = 5;

const names = ({ boards }: Settings): readonly string[] => Array.from({ length: boards }, (_, n) => `floor-${n + 1}`);

export const boards: Part = {
  sites: names,
  async measure(stand, settings) {
    const { manySockets: sockets, boards: count, liveSeconds: seconds } = settings;
    const title = `${sockets} sockets over ${count} boards, ${PER_SECOND} changes/s each, two nodes: from commit to socket`;
    const sites = names(settings);
    const perSecond = PER_SECOND * count;
    return [
      await compared(stand, settings, { title, about: 'board', sites, each: CARDS, sockets, perSecond, seconds }),
    ];
  },
};
