import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { MESH_FAULTS, readMeasured } from '../../src/geometry/mesh-facts.ts';
import { stlKind } from '../../src/geometry/stl-kind.ts';
import { asciiStl, binaryStl, box, ring } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { measured } from './measured.ts';

const test = spec('hostile models');
const refused = async (bytes: Uint8Array, reason: string, maxTriangles?: number): Promise<void> =>
  assert.equal(await measured(bytes, maxTriangles), { failed: reason });

test('no bytes, half a header, a cut record: truncated', async () => {
  const stl = binaryStl(box());
  for (const length of [0, 1, 83, 84, 100, stl.length - 1]) await refused(stl.subarray(0, length), 'truncated');
});

test('bytes behind the last record: truncated too, the count is wrong', async () => {
  await refused(Buffer.concat([binaryStl(box()), Buffer.of(0)]), 'truncated');
});

test('a count of four thousand million takes no memory', async () => {
  const stl = binaryStl(box());
  stl.writeUInt32LE(0xffffffff, 80);
  await refused(stl, 'truncated');
});

test('no triangles', () => refused(binaryStl([]), 'no-triangles'));

test('a coordinate that is NaN or infinite, wherever it stands', async () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const at of [0, 57, 9 * 2_048 - 1]) {
      const triangles = [...ring().triangles];
      triangles[at] = value;
      await refused(binaryStl(triangles), 'not-finite');
    }
  }
});

test('normals are not believed, whatever stands there', async () => {
  const stl = binaryStl(box());
  for (let at = 84; at < stl.length; at += 50) for (const i of [0, 4, 8]) stl.writeFloatLE(Number.NaN, at + i);
  assert.is((await measured(stl)).facts?.volumeMm3, 6_000);
});

test('more triangles than allowed', async () => {
  await refused(binaryStl(box()), 'too-many-triangles', 11);
  await refused(asciiStl(box()), 'too-many-triangles', 11);
  assert.ok((await measured(binaryStl(box()), 12)).facts);
});

test('the largest coordinates there are give finite facts', async () => {
  const { facts } = await measured(binaryStl(box(3e38, 3e38, 3e38)));
  for (const fact of [facts!.volumeMm3, facts!.areaMm2, ...facts!.sizeMm]) assert.ok(Number.isFinite(fact));
});

test('ASCII that is cut, mixed up or no STL at all', async () => {
  const text = asciiStl(box()).toString();
  await refused(Buffer.from(text.slice(0, text.length / 2)), 'truncated');
  await refused(Buffer.from(text.replace(/endsolid.*/s, '')), 'truncated');
  await refused(Buffer.from(text.replace('endloop', 'vertex 1 2 3')), 'malformed');
  await refused(Buffer.from(text.replace('vertex', 'vertex 7')), 'malformed');
  await refused(Buffer.from(text.replace('vertex', 'vertex one 0 0 #')), 'malformed');
  await refused(Buffer.from(text.replace(/vertex \S+/, 'vertex 1e999')), 'not-finite');
  await refused(Buffer.from(text.replace(/vertex \S+/, 'vertex nan')), 'not-finite');
  await refused(Buffer.from('solid nothing\nendsolid nothing\n'), 'no-triangles');
  await refused(Buffer.from(`${'solid and then something else\n'.repeat(50)}hello`), 'malformed');
  await refused(
    Buffer.concat([Buffer.from('solid '), randomBytes(100_000)].map((b) => b.map((c) => (c === 10 ? 11 : c)))),
    'malformed',
  );
});

test('any bytes give a fault or facts, never a crash', async () => {
  const header = fc.uint8Array({ minLength: 80, maxLength: 80 });
  const binary = fc.tuple(header, fc.uint8Array({ maxLength: 2_000 })).map(([head, body]) => {
    const count = Math.floor(body.length / 50);
    const counted = Buffer.alloc(4);
    counted.writeUInt32LE(count);
    return Buffer.concat([head, counted, body.subarray(0, 50 * count)]);
  });
  const ascii = fc
    .array(
      fc.constantFrom('solid', 'facet', 'outer loop', 'vertex 0 1 2', 'vertex 1 0', 'endloop', 'endfacet', 'endsolid'),
    )
    .map((lines) => Buffer.from(['solid', ...lines].join('\n')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(binary, ascii, fc.uint8Array()), async (bytes) => {
      const result = await measured(bytes);
      assert.ok(result.failed === undefined || MESH_FAULTS.includes(result.failed));
      assert.equal(readMeasured(JSON.stringify(result)), result, 'survives the way out of the child');
    }),
    { numRuns: 300 },
  );
});

test('a header that begins with "solid" does not make a binary file ASCII', () => {
  assert.is(stlKind(binaryStl(box(), 'solid from a careless exporter'), binaryStl(box()).length), 'binary');
  assert.is(stlKind(asciiStl(box()).subarray(0, 84), 5_000), 'ascii');
  assert.is(stlKind(Buffer.from('solidify'), 8), 'neither');
  assert.is(stlKind(Buffer.from('PK\x03\x04'), 4), 'neither');
  assert.is(stlKind(Buffer.alloc(0), 0), 'neither');
});

test('what a child says is checked before it is believed', () => {
  const facts = { volumeMm3: 1, areaMm2: 6, sizeMm: [1, 1, 1], triangles: 12, shells: 1, closed: true };
  assert.equal(readMeasured(JSON.stringify({ facts })), { facts });
  assert.equal(readMeasured(JSON.stringify({ failed: 'not-closed', facts: { ...facts, closed: false } })), {
    failed: 'not-closed',
    facts: { ...facts, closed: false },
  });
  const lies = [
    '',
    'null',
    '[]',
    '{}',
    '{"failed":"something else"}',
    JSON.stringify({ facts: { ...facts, volumeMm3: -1 } }),
    JSON.stringify({ facts: { ...facts, volumeMm3: '1' } }),
    JSON.stringify({ facts: { ...facts, sizeMm: [1, 1] } }),
    JSON.stringify({ facts: { ...facts, closed: 1 } }),
    JSON.stringify({ facts }).replace('12', '1e999'),
  ];
  for (const lie of lies) assert.is(readMeasured(lie), undefined, lie);
});
