/** The Russian words of a page, loaded only for those who read them. */
import { common } from './common.ts';
import { event } from './events.ts';
import { follow } from './follow.ts';
import { modelView } from './model-view.ts';
import { offer } from './offer.ts';
import { line } from './price-lines.ts';
import { shop } from './shop.ts';

export const words = { common, event, follow, line, modelView, offer, shop };
