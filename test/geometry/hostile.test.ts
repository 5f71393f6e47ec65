import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { MESH_FAULTS, readMeasured, sayMeasured } from '../../src/geometry/mesh-facts.ts';
import { stlKind } from '../../src/geometry/stl-kind.ts';
import { asciiStl, binaryStl, box, ring } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { measured, seen } from './measured.ts';

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

const facet = (body: string): string => `solid x\n${body}\nendsolid x\n`;
const vertices = (...lines: readonly string[]): string =>
  facet(['facet normal 0 0 0', 'outer loop', ...lines, 'endloop', 'endfacet'].join('\n'));

/** What people and programs send that is no model, by what it is called when it is looked at. */
const FILES: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['a ZIP archive, also one of a 3MF', `PK\x03\x04${'\0'.repeat(200)}`, 'truncated'],
  ['a PNG', `\x89PNG\r\n\x1a\n${'\0'.repeat(200)}`, 'truncated'],
  ['a PDF', `%PDF-1.7\n${'x'.repeat(200)}`, 'truncated'],
  ['a program', `\x7fELF${'\0'.repeat(200)}`, 'truncated'],
  ['a gzip stream', `\x1f\x8b\x08${'\0'.repeat(200)}`, 'truncated'],
  ['a page', '<!doctype html><script>alert(1)</script>', 'truncated'],
  ['an OBJ', 'v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n', 'truncated'],
  ['JSON', '{"solid": true}', 'truncated'],
  ['nothing but zeros that count no triangle', Buffer.alloc(84), 'no-triangles'],
  ['zeros of three triangles: one point', Buffer.from(binaryStl(Array<number>(27).fill(0))), 'not-closed'],
  ['a megabyte in one line', `solid ${'x'.repeat(1_000_000)}`, 'malformed'],
  ['spaces in one line', facet(' '.repeat(1_000_000)), 'malformed'],
  ['a text with zeros in it', `solid x\n${'\0'.repeat(500)}\nendsolid x\n`, 'malformed'],
  ['a text in UTF-16', Buffer.from(asciiStl(box()).toString(), 'utf16le'), 'truncated'],
  ['a facet within a facet', facet('facet normal 0 0 0\nfacet normal 0 0 0'), 'malformed'],
  ['two vertices', vertices('vertex 0 0 0', 'vertex 1 0 0'), 'malformed'],
  ['a vertex of two numbers', vertices('vertex 0 0', 'vertex 1 0 0', 'vertex 0 1 0'), 'malformed'],
  ['commas instead of points', vertices('vertex 0,5 0 0', 'vertex 1 0 0', 'vertex 0 1 0'), 'malformed'],
  ['words instead of numbers', vertices('vertex a b c', 'vertex 1 0 0', 'vertex 0 1 0'), 'malformed'],
  ['an infinite vertex', vertices('vertex inf 0 0', 'vertex 1 0 0', 'vertex 0 1 0'), 'not-finite'],
  ['an end that never comes', 'solid x\nfacet normal 0 0 0\nouter loop\n', 'truncated'],
  ['an end before the beginning', 'endsolid x\nsolid x\n', 'truncated'],
];

for (const [what, content, reason] of FILES) {
  test(`${what}: ${reason}`, async () => {
    const { failed } = await measured(typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
    assert.is(failed, reason);
  });
}

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
      const sight = await seen(bytes);
      const { failed } = sight.measured;
      assert.ok(failed === undefined || MESH_FAULTS.includes(failed));
      assert.equal(readMeasured(sayMeasured(sight)), sight, 'survives the way out of the child');
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
  assert.equal(readMeasured(JSON.stringify({ facts })), { measured: { facts } });
  const open = { failed: 'not-closed', facts: { ...facts, closed: false } };
  assert.equal(readMeasured(JSON.stringify(open)), { measured: open });
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
