import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { colourOf, tintTables } from '../../web/ui/tint-table.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('pictures in the colours of their material');

/** As a browser reads such a table. */
const read = (table: string, grey: number): number => {
  const values = table.split(' ').map(Number);
  const at = (grey / 255) * (values.length - 1);
  const [low, high] = [values[Math.floor(at)]!, values[Math.ceil(at)]!];
  return 255 * (low + (high - low) * (at - Math.floor(at)));
};

test('the darkest grey is the dark facet, the lightest the light one, and between them it never gets darker', () => {
  const css = readFileSync(new URL('../../web/ui/tokens.css', import.meta.url), 'utf8');
  const facets = [
    ...css.matchAll(/--model-([a-z]+)-1: (#\w{6});\s*--model-\1-2: (#\w{6});\s*--model-\1-3: (#\w{6});/g),
  ];
  assert.is(facets.length, 12, 'six materials in two themes');
  for (const [, name, ...hexes] of facets) {
    const [bright, middle, dark] = hexes.map((hex) => colourOf(hex!));
    for (const [channel, table] of tintTables(dark!, middle!, bright!).entries()) {
      assert.ok(Math.abs(read(table, 70) - dark![channel]!) < 2, `${name} dark`);
      assert.ok(Math.abs(read(table, 220) - bright![channel]!) < 2, `${name} light`);
      assert.ok(Math.abs(read(table, 145) - middle![channel]!) < 12, `${name} middle`);
      for (let grey = 1; grey < 256; grey++)
        assert.ok(read(table, grey) >= read(table, grey - 1) - 1e-6, `${name} at ${grey}`);
    }
  }
});
