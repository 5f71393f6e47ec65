/** What the view of a model does without a browser: reading files, and where the eye goes. */
import * as assert from 'uvu/assert';
import { acted, FRONT, MOST_ZOOM, nearer, roundLength, shifted, turned, zoomed } from '../../web/model-view/look.ts';
import { readSolid, sizeOf } from '../../web/model-view/solid.ts';
import { asciiStl, binaryStl, box } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('the view of a model');
const bytesOf = (file: Buffer): ArrayBuffer => new Uint8Array(file).buffer;

test('a file of either kind gives the same triangles and the size in millimetres', () => {
  const [binary, text] = [binaryStl(box(1, 2, 3)), asciiStl(box(1, 2, 3))].map((file) => readSolid(bytesOf(file)));
  assert.equal([...binary!.triangles], [...text!.triangles]);
  assert.is(binary!.triangles.length, 12 * 9);
  assert.equal(sizeOf(binary!), [1, 2, 3]);
  assert.ok(Math.abs(binary!.volumeMm3 - 6) < 1e-9);
});

test('a binary file whose header says solid is still binary', () => {
  assert.is(readSolid(bytesOf(binaryStl(box(), 'solid part')))?.triangles.length, 12 * 9);
});

test('a text longer than one piece loses no corner where it is cut', () => {
  const line = `${' '.repeat(100)}vertex 1.25 2.5 3.75\n`;
  const corners = 3 * Math.ceil((9 << 20) / line.length / 3);
  const read = readSolid(bytesOf(Buffer.from(`solid x\n${line.repeat(corners)}endsolid x\n`)));
  assert.is(read?.triangles.length, 3 * corners);
  assert.equal(new Set(read?.triangles), new Set([1.25, 2.5, 3.75]));
});

test('what is no model, or holds what is no number, is not drawn', () => {
  const broken = binaryStl(box());
  broken.writeFloatLE(Number.NaN, 84 + 12);
  for (const file of [Buffer.from(''), Buffer.from('solid\n'), Buffer.from('vertex 1 2 3'), broken])
    assert.is(readSolid(bytesOf(file)), undefined);
});

test('it turns all round, but never past straight from above or below', () => {
  let look = FRONT;
  for (let i = 0; i < 40; i++) look = acted(look, 'up', 10);
  assert.is(look.tilt, Math.PI / 2);
  assert.is(turned(look, 0, -9).tilt, -Math.PI / 2);
  assert.is(acted(look, 'right', 10).turn > look.turn, true);
  assert.is(acted(look, 'left', 10).turn < look.turn, true);
  assert.equal(acted(look, 'reset', 10), FRONT);
});

test('what lies under the pointer stays there when it comes nearer', () => {
  const [x, y] = [3, -2];
  const look = zoomed(FRONT, 2, 10, x, y);
  // What was at (x, y) of the picture is half as many millimetres from the new middle, as each takes twice the pixels.
  assert.equal([look.right + x / 2, look.up + y / 2], [x, y]);
  assert.is(zoomed(FRONT, 1e9, 10).zoom, MOST_ZOOM);
});

test('the model can be moved, but not out of the picture', () => {
  assert.equal([shifted(FRONT, 99, -99, 10).right, shifted(FRONT, 99, -99, 10).up], [10, -10]);
});

test('a movement ends, exactly where it should', () => {
  const to = zoomed(turned(FRONT, 2, 0.5), 8, 10);
  let at = FRONT;
  let steps = 0;
  for (; at !== to; steps++) at = nearer(at, to, 0.28);
  assert.ok(steps < 40, `${steps} steps`);
});

test('the bar is the longest round length that fits', () => {
  for (const [mmPerPixel, round] of [
    [0.1, 10],
    [0.05, 5],
    [0.041, 2],
    [1, 100],
    [0.009, 1],
  ] as const)
    assert.ok(Math.abs(roundLength(mmPerPixel, 120) - round) < 1e-9, `${mmPerPixel}: ${roundLength(mmPerPixel, 120)}`);
});
