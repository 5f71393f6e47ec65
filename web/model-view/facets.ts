/** The three facets of a material as the style sheet has them in the present theme; 0 to 255. */
import type { Facets } from './scene.ts';

/** `element`: one of that material. */
export function facetsIn(element: Element): Facets {
  const style = getComputedStyle(element);
  const rgb = (name: string): [number, number, number] => {
    const value = Number.parseInt(style.getPropertyValue(name).trim().slice(1), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  };
  return { dark: rgb('--m3'), middle: rgb('--m2'), bright: rgb('--m1') };
}
