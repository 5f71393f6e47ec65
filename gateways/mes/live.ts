/** The sockets of the floor, namespace `/mes`: boards and commands, for staff. */
import { isStaff } from '../../actors/policy.ts';
import type { Space } from '../../src/live/space.ts';
import { boardService } from './live-board.ts';
import { commandHandler } from './live-command.ts';
import type { FloorLiveDeps } from './live-deps.ts';

export type { FloorLiveDeps };

export const mesLive = (deps: FloorLiveDeps): Space => ({
  name: '/mes',
  guests: false,
  admits: ({ roles }) => isStaff(roles),
  serve: (cast) => {
    const board = boardService(deps, cast);
    const handlers = { ...board.handlers, command: commandHandler(deps) };
    return {
      handlers,
      came: ({ principal }) => principal && deps.presence.came(principal.id),
      gone(line) {
        if (line.principal) deps.presence.gone(line.principal.id);
        board.gone(line);
      },
      close: () => board.close(),
    };
  },
});
