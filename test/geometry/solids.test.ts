import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { beside, hollow, invert, move } from '../_kit/solid-changes.ts';
import {
  asciiStl,
  binaryStl,
  box,
  cone,
  cylinder,
  octahedron,
  prism,
  ring,
  type Solid,
  sphere,
  tetrahedron,
  torus,
} from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { measured } from './measured.ts';

const test = spec('volume, area and size of solids', undefined, { deadlineMs: 30_000 });

const SOLIDS: readonly Solid[] = [
  box(),
  { ...box(0.4, 0.3, 0.2), name: 'tiny box' },
  tetrahedron(),
  octahedron(),
  prism(3),
  { ...prism(7), name: 'seven-sided prism' },
  cylinder(),
  cone(),
  sphere(),
  torus(),
  ring(),
  invert(box()),
  invert(torus()),
  move(box(), [4_096, -8_192, 2_048]),
  { ...move(octahedron(8), [65_536, 65_536, 65_536]), name: 'octahedron far away' },
  beside(box(), ring()),
  beside(tetrahedron(), invert(invert(sphere(5)))),
  hollow(box(30, 30, 30), move(sphere(8), [15, 15, 15])),
];

const near = (is: number, wanted: number, what: string): void =>
  assert.ok(Math.abs(is - wanted) <= 0.001 * wanted, `${what}: ${is}, by the formula ${wanted}`);

for (const solid of SOLIDS) {
  test(`${solid.name}: within 0.1 % of the closed formula, closed, ${solid.shells} piece(s)`, async () => {
    const { facts, failed } = await measured(binaryStl(solid));
    assert.is(failed, undefined);
    near(facts!.volumeMm3, solid.volumeMm3, 'volume');
    near(facts!.areaMm2, solid.areaMm2, 'area');
    for (const axis of [0, 1, 2] as const) near(facts!.sizeMm[axis], solid.sizeMm[axis], `size ${axis}`);
    assert.is(facts!.shells, solid.shells);
    assert.is(facts!.triangles, solid.triangles.length / 9);
    assert.is(facts!.closed, true);
  });
}

test('the ASCII form of a solid has the same facts', async () => {
  for (const solid of [box(), ring(), beside(tetrahedron(), octahedron())]) {
    assert.equal(await measured(asciiStl(solid)), await measured(binaryStl(solid)));
    assert.equal(await measured(asciiStl(solid), 10_000_000, 17), await measured(binaryStl(solid)), 'in small pieces');
  }
});

test('neither the order of triangles nor the corner they begin with changes anything', async () => {
  const base = torus(10, 3, 24, 12);
  const count = base.triangles.length / 9;
  const known = await measured(binaryStl(base));
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: count, maxLength: count }),
      async (order, turns) => {
        const triangles = order.flatMap((t, i) => {
          const corners = base.triangles.slice(9 * t, 9 * t + 9);
          return [...corners.slice(3 * turns[i]!), ...corners.slice(0, 3 * turns[i]!)];
        });
        const { facts } = await measured(binaryStl(triangles));
        assert.is(facts!.closed, true);
        assert.is(facts!.shells, 1);
        assert.equal(facts!.sizeMm, known.facts!.sizeMm);
        assert.ok(Math.abs(facts!.volumeMm3 / known.facts!.volumeMm3 - 1) < 1e-7);
      },
    ),
    { numRuns: 15 },
  );
});

test('a quarter of a million triangles take no more than seconds, in whatever order they come', async () => {
  const stl = binaryStl(sphere(20, 512, 246));
  const count = (stl.length - 84) / 50;
  const shuffled = Buffer.from(stl);
  // 7919 is prime and does not divide the count: every triangle comes once, far from its neighbours.
  for (let t = 0; t < count; t++)
    stl.copy(shuffled, 84 + 50 * t, 84 + 50 * ((t * 7_919) % count), 134 + 50 * ((t * 7_919) % count));
  const started = performance.now();
  assert.is((await measured(stl)).facts!.closed, true);
  assert.is((await measured(shuffled)).facts!.shells, 1);
  const ms = performance.now() - started;
  assert.ok(ms < 10_000, `${ms} ms`);
});
