/** The sockets of the floor, namespace `/mes`: boards, commands and what one must know at once, for staff. */
import { isStaff } from '../../actors/policy.ts';
import type { Space } from '../../src/live/space.ts';
import { attendanceList } from './attendance.ts';
import { boardService } from './live-board.ts';
import { commandHandler } from './live-command.ts';
import type { FloorLiveDeps } from './live-deps.ts';
import { noticeService } from './live-notices.ts';

export type { FloorLiveDeps };

export const mesLive = (deps: FloorLiveDeps): Space => ({
  name: '/mes',
  guests: false,
  admits: ({ roles }) => isStaff(roles),
  serve: (cast) => {
    const board = boardService(deps, cast);
    const notices = noticeService(deps);
    const attendance = attendanceList(deps.presence);
    const handlers = { ...board.handlers, command: commandHandler(deps) };
    return {
      handlers,
      came(line) {
        attendance.came(line);
        notices.came(line);
      },
      gone(line) {
        attendance.gone(line);
        notices.gone(line);
        board.gone(line);
      },
      close() {
        notices.close();
        return board.close();
      },
    };
  },
});
