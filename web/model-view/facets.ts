/** The three facets of a material as the style sheet has them in the present theme; 0 to 255. */
import { colourOf } from '../ui/tint-table.ts';
import type { Facets } from './scene.ts';

/** `element`: one of that material. */
export function facetsIn(element: Element): Facets {
  const style = getComputedStyle(element);
  const rgb = (name: string) => colourOf(style.getPropertyValue(name));
  return { dark: rgb('--m3'), middle: rgb('--m2'), bright: rgb('--m1') };
}
