/** The Russian words of a page, loaded only for those who read them. */
import { act } from './acts.ts';
import { again } from './again.ts';
import { badge } from './badge.ts';
import { board } from './board.ts';
import { common } from './common.ts';
import { drawer } from './drawer.ts';
import { event } from './events.ts';
import { filters } from './filters.ts';
import { keys } from './keys.ts';
import { leave } from './leave.ts';
import { modelView } from './model-view.ts';
import { people } from './people.ts';
import { refused } from './refused.ts';
import { roles } from './roles.ts';
import { scan } from './scan.ts';
import { seek } from './seek.ts';
import { timeline } from './timeline.ts';
import { usual } from './usual.ts';

export const words = {
  act,
  again,
  badge,
  board,
  common,
  drawer,
  event,
  filters,
  keys,
  leave,
  modelView,
  people,
  refused,
  roles,
  scan,
  seek,
  timeline,
  usual,
};
