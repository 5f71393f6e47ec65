/** `you`: what a person must know of an order at once, to all sockets of that person. */
import { ears, type NoticeKind } from '../../actors/order/notices.ts';
import type { Line } from '../../src/live/line.ts';
import { NoticeWatch } from '../../src/live/notice-watch.ts';
import type { You } from '../contract/live.ts';
import type { FloorLiveDeps } from './live-deps.ts';

export interface Notices {
  came(line: Line): void;
  gone(line: Line): void;
  close(): void;
}

export function noticeService({ notices, sites }: Pick<FloorLiveDeps, 'notices' | 'sites'>): Notices {
  const watch = new NoticeWatch<Line>({
    subscriber: notices.subscriber,
    now: Date.now,
    tell: (line, { actor, version, kind, deadline }) => {
      const until = deadline === undefined ? {} : { deadline };
      line.send('you', { kind: kind as NoticeKind, order: actor, version, ...until } satisfies You);
    },
  });
  return {
    came(line) {
      if (line.principal) watch.came(line, ears(line.principal, sites()).map(notices.channel));
    },
    gone: (line) => watch.gone(line),
    close: () => watch.close(),
  };
}
