/**
 * The server draws models in greys; here they get the colours of their material in the reader's theme: one filter per
 * material for the whole page, which the style sheet names (`.thumb.m-ag > img`). Without it a picture stays grey.
 */
import { effect } from '@preact/signals';
import { theme } from './theme.ts';
import { colourOf, tintTables } from './tint-table.ts';

const SVG = 'http://www.w3.org/2000/svg';
const MATERIALS = ['ag', 'au', 'rose', 'brass', 'pa', 'resin'] as const;
const GREEN = '0 1 0 0 0  0 1 0 0 0  0 1 0 0 0  0 0 0 1 0';

const added = (parent: Element, name: string, attributes: Readonly<Record<string, string>> = {}): Element => {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return parent.appendChild(element);
};

let begun = false;

/** When the first picture is shown. */
export function tintPictures(): void {
  if (begun) return;
  begun = true;
  const svg = added(document.body, 'svg', { class: 'sr', width: '0', height: '0', 'aria-hidden': 'true' });
  const paints = MATERIALS.map((material) => filterOf(svg, material));
  effect(() => {
    void theme.value;
    for (const paint of paints) paint();
  });
  document.documentElement.dataset['tints'] = '';
}

/** Answers what gives it the colours of the present theme. */
function filterOf(svg: Element, material: string): () => void {
  const named = added(svg, 'g', { class: `m-${material}` });
  const filter = added(named, 'filter', {
    id: `tint-${material}`,
    'color-interpolation-filters': 'sRGB',
    x: '0',
    y: '0',
    width: '1',
    height: '1',
  });
  added(filter, 'feColorMatrix', { values: GREEN });
  const transfer = added(filter, 'feComponentTransfer');
  const channels = ['feFuncR', 'feFuncG', 'feFuncB'].map((name) => added(transfer, name, { type: 'table' }));
  return () => {
    const style = getComputedStyle(named);
    const facet = (name: string) => colourOf(style.getPropertyValue(name));
    const tables = tintTables(facet('--m3'), facet('--m2'), facet('--m1'));
    for (const [n, channel] of channels.entries()) channel.setAttribute('tableValues', tables[n] ?? '');
  };
}
