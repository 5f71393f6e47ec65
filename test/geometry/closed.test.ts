import * as assert from 'uvu/assert';
import { binaryStl, box, cone, type Point, tetrahedron } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { measured } from './measured.ts';

const test = spec('closed');

const without = (triangles: readonly number[], t: number): number[] => triangles.toSpliced(9 * t, 9);
const flipped = (triangles: readonly number[], t: number): number[] => {
  const [a, b, c] = [0, 3, 6].map((i) => triangles.slice(9 * t + i, 9 * t + i + 3));
  return triangles.toSpliced(9 * t, 9, ...a!, ...c!, ...b!);
};
const open = async (triangles: readonly number[]): Promise<void> => {
  const { failed, facts } = await measured(binaryStl(triangles));
  assert.is(failed, 'not-closed');
  assert.is(facts?.closed, false);
  assert.ok(facts!.areaMm2 > 0, 'what could be measured is told');
};

test('a missing triangle leaves it open', () => open(without(box().triangles, 5)));
test('a single triangle is open', () => open([0, 0, 0, 1, 0, 0, 0, 1, 0]));
test('a triangle that faces the other way leaves it open', () => open(flipped(box().triangles, 3)));
test('a triangle that comes twice leaves it open', () => open([...box().triangles, ...box().triangles.slice(0, 9)]));
test('a box that comes twice is open: its edges belong to four triangles', () =>
  open([...box().triangles, ...box().triangles]));
test('a fin on an edge leaves it open', () => open([...box().triangles, 0, 0, 0, 10, 0, 0, 5, -9, 0]));

test('a vertex that misses its neighbours by the last bit leaves it open', async () => {
  const stl = binaryStl(box());
  stl.writeUInt32LE(stl.readUInt32LE(84 + 12 + 4) + 1, 84 + 12 + 4);
  assert.is((await measured(stl)).failed, 'not-closed');
});

test('-0 and 0 are one place', async () => {
  const stl = binaryStl(box());
  for (let at = 84 + 12; at < stl.length; at += 50) if (stl.readFloatLE(at) === 0) stl.writeFloatLE(-0, at);
  assert.is((await measured(stl)).facts?.closed, true);
});

test('triangles without an area between two equal corners change nothing but the count', async () => {
  const [a, b]: Point[] = [
    [0, 0, 0],
    [10, 20, 0],
  ];
  const slivers = [a, a, b, a, b, b, a, a, a].flatMap((point) => [...point!]);
  const known = (await measured(binaryStl(box()))).facts!;
  const { facts } = await measured(binaryStl([...box().triangles, ...slivers]));
  assert.equal(facts, { ...known, triangles: known.triangles + 3 });
});

test('a sliver alone is not closed', async () => {
  const { failed } = await measured(binaryStl([1, 2, 3, 1, 2, 3, 4, 5, 6]));
  assert.is(failed, 'not-closed');
});

test('two triangles back to back are closed but have no volume', async () => {
  const triangle = [0, 0, 0, 17, 0.3, 0.1, 0.7, 11, 0.9];
  const back = [...triangle.slice(0, 3), ...triangle.slice(6), ...triangle.slice(3, 6)];
  const { failed, facts } = await measured(binaryStl([...triangle, ...back]));
  assert.is(failed, 'no-volume');
  assert.is(facts?.closed, true);
});

test('one vertex may belong to very many triangles', async () => {
  const { facts } = await measured(binaryStl(cone(10, 15, 100_000)));
  assert.is(facts?.closed, true);
});

test('two pieces that touch in one corner are closed', async () => {
  const { facts } = await measured(binaryStl([...tetrahedron().triangles, ...tetrahedron().triangles.map((v) => -v)]));
  assert.is(facts?.closed, true);
});
