import { inflateSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { readMeasured, sayMeasured } from '../../src/geometry/mesh-facts.ts';
import { isThumb, MOST_THUMB_BYTES } from '../../src/geometry/png.ts';
import { THUMB_SIDE } from '../../src/geometry/thumb.ts';
import { invert, move } from '../_kit/solid-changes.ts';
import { asciiStl, binaryStl, box, cone, ring, type Solid, sphere, torus } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { seen } from './measured.ts';

const test = spec('the picture of a model', undefined, { deadlineMs: 30_000 });

const thumbOf = async (stl: Uint8Array): Promise<Buffer> => {
  const { thumb } = await seen(stl);
  assert.ok(thumb, 'it has a picture');
  return Buffer.from(thumb);
};

/** Grey (red) and alpha of each pixel, read back without the encoder. */
function pixelsOf(png: Buffer): { grey(x: number, y: number): number; alpha(x: number, y: number): number } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const head = chunks.get('IHDR')!;
  assert.equal([head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]], [THUMB_SIDE, THUMB_SIDE, 8, 3]);
  const lines = inflateSync(chunks.get('IDAT')!);
  assert.is(lines.length, THUMB_SIDE * (THUMB_SIDE + 1));
  const index = (x: number, y: number): number => lines[y * (THUMB_SIDE + 1) + 1 + x]!;
  return {
    grey: (x, y) => chunks.get('PLTE')![3 * index(x, y)]!,
    alpha: (x, y) => chunks.get('tRNS')![index(x, y)]!,
  };
}

const MIDDLE = THUMB_SIDE / 2;

test('a box shows its three faces, the top the lightest, on clear ground', async () => {
  const { grey, alpha } = pixelsOf(await thumbOf(binaryStl(box(10, 10, 10))));
  for (const [x, y] of [
    [0, 0],
    [THUMB_SIDE - 1, 0],
    [0, THUMB_SIDE - 1],
    [THUMB_SIDE - 1, THUMB_SIDE - 1],
  ] as const) {
    assert.is(alpha(x, y), 0);
  }
  const [top, front, side] = [grey(MIDDLE, 40), grey(60, 110), grey(130, 100)];
  assert.equal([alpha(MIDDLE, 40), alpha(60, 110), alpha(130, 100)], [255, 255, 255]);
  assert.ok(top > front && front > side, `${top} > ${front} > ${side}`);
});

test('what is in front hides what is behind, in whatever order the triangles come', async () => {
  const back = move(box(4, 4, 4), [0, 100, 0]);
  const both = [...box(50, 4, 50).triangles, ...back.triangles];
  const turned: number[] = [];
  for (let t = both.length - 9; t >= 0; t -= 9) turned.push(...both.slice(t, t + 9));
  assert.equal(await thumbOf(binaryStl(both)), await thumbOf(binaryStl(turned)));
});

test('one may look through a ring', async () => {
  const { alpha } = pixelsOf(await thumbOf(binaryStl(ring())));
  assert.is(alpha(MIDDLE, MIDDLE), 0);
  assert.is(alpha(15, MIDDLE), 255);
});

test('the same mesh has the same picture: as text, moved, larger, inside out', async () => {
  const known = await thumbOf(binaryStl(box()));
  const same: readonly Solid[] = [box(), move(box(), [4_096, -8_192, 2_048]), box(20, 40, 60), invert(box())];
  for (const solid of same) assert.equal(await thumbOf(binaryStl(solid)), known, solid.name);
  assert.equal(await thumbOf(asciiStl(box())), known);
});

test('it stays small, also of a mesh that looks like noise', async () => {
  const noise: number[] = [];
  let random = 1;
  const next = (): number => {
    random = (random * 48_271) % 2_147_483_647;
    return random / 2_147_483_647;
  };
  for (let t = 0; t < 60_000; t++) {
    const place = [next(), next(), next()];
    for (let v = 0; v < 9; v++) noise.push(place[v % 3]! * 100 + next());
  }
  for (const stl of [binaryStl(sphere()), binaryStl(torus()), binaryStl(noise)]) {
    const thumb = await thumbOf(stl);
    assert.ok(thumb.length <= MOST_THUMB_BYTES, `${thumb.length} bytes`);
    assert.ok(isThumb(thumb, THUMB_SIDE));
  }
});

test('an open mesh is drawn too: whoever sets its price by hand sees it', async () => {
  const { measured, thumb } = await seen(binaryStl(box().triangles.slice(9)));
  assert.is(measured.failed, 'not-closed');
  assert.ok(thumb);
});

test('what has no size, covers nothing or asks for endless work has facts and no picture', async () => {
  const one = [1, 2, 3];
  const point = [...one, ...one, ...one];
  const far = [0, 0, 0, 3e38, 0, 0, 0, 3e38, 0];
  const endless: number[] = [];
  for (let n = 0; n < 12_000; n++) endless.push(0, 0, n / 1e4, 10, 0, n / 1e4, 0, 10, n / 1e4);
  assert.ok((await seen(binaryStl(far))).thumb, 'the largest coordinates are drawn');
  for (const triangles of [point, endless]) {
    const { measured, thumb } = await seen(binaryStl(triangles));
    assert.ok(measured.facts);
    assert.not.ok(thumb);
  }
});

test('a hundred thousand slivers are drawn or given up within seconds', async () => {
  const started = performance.now();
  const { measured } = await seen(binaryStl(cone(10, 15, 50_000)));
  assert.ok(measured.facts);
  const ms = performance.now() - started;
  assert.ok(ms < 15_000, `${ms} ms`);
});

test('a picture that a child sends is checked before it is believed', async () => {
  const sight = await seen(binaryStl(box()));
  assert.equal(readMeasured(sayMeasured(sight)), sight);
  const thumb = Buffer.from(sight.thumb!);
  const other = (change: (png: Buffer) => void): Buffer => {
    const png = Buffer.from(thumb);
    change(png);
    return png;
  };
  const lies = [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Buffer.alloc(0),
    thumb.subarray(0, -1),
    other((png) => png.writeUInt32BE(60_000, 16)),
    other((png) => png.write('G', 1)),
    Buffer.concat([thumb, Buffer.from('<script>')]),
    Buffer.concat([thumb.subarray(0, -12), Buffer.alloc(MOST_THUMB_BYTES), thumb.subarray(-12)]),
  ];
  for (const lie of lies) assert.is(readMeasured(sayMeasured({ ...sight, thumb: lie })), undefined);
  for (const lie of [7, null, {}, [1]]) {
    assert.is(readMeasured(JSON.stringify({ ...sight.measured, thumb: lie })), undefined);
  }
});
