/** The Russian words of a page, loaded only for those who read them. */
import { act } from './acts.ts';
import { board } from './board.ts';
import { common } from './common.ts';
import { filters } from './filters.ts';
import { modelView } from './model-view.ts';
import { people } from './people.ts';
import { refused } from './refused.ts';

export const words = { act, board, common, filters, modelView, people, refused };
