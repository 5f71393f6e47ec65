/** The Russian words of a page, loaded only for those who read them. */
import { common } from './common.ts';
import { console } from './console.ts';
import { consoleAct } from './console-acts.ts';
import { event } from './events.ts';
import { modelView } from './model-view.ts';
import { people } from './people.ts';
import { line } from './price-lines.ts';
import { roles } from './roles.ts';
import { staff } from './staff.ts';
import { timeline } from './timeline.ts';

export const words = { common, console, consoleAct, event, line, modelView, people, roles, staff, timeline };
