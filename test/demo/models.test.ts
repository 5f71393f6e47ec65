import * as assert from 'uvu/assert';
import { BROKEN, fileOf, MODELS } from '../../demo/models/catalogue.ts';
import { triangulate } from '../../demo/models/outline.ts';
import { measureMesh } from '../../src/geometry/measure-mesh.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('models of the demo', undefined, { deadlineMs: 30_000 });

const measured = async (bytes: Uint8Array) => {
  const read = async (into: Uint8Array, at: number): Promise<number> => {
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  };
  return (await measureMesh({ bytes: bytes.length, read }, 1_000_000)).measured;
};

/** Six times the signed volume: negative for a solid that is inside out. */
function signedVolume({ points, triangles }: ReturnType<(typeof MODELS)[number]['solid']>): number {
  let sum = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => points[triangles[t + k]!]!);
    const [x, y, z] = [a!, b!, c!];
    sum += x[0] * (y[1] * z[2] - y[2] * z[1]) - x[1] * (y[0] * z[2] - y[2] * z[0]) + x[2] * (y[0] * z[1] - y[1] * z[0]);
  }
  return sum / 6;
}

test('are closed solids of a size to hold, the right side out', async () => {
  for (const model of MODELS) {
    const { facts, failed } = await measured(fileOf(model));
    assert.is(failed, undefined, `${model.name}: ${failed}`);
    if (facts === undefined) throw new Error(model.name);
    assert.ok(facts.closed && facts.shells === 1, `${model.name} is closed and one piece`);
    assert.ok(facts.triangles >= 1_000 && facts.triangles <= 20_000, `${model.name}: ${facts.triangles} triangles`);
    assert.ok(Math.max(...facts.sizeMm) >= 10 && Math.max(...facts.sizeMm) <= 60, `${model.name}: ${facts.sizeMm}`);
    const signed = signedVolume(model.solid());
    assert.ok(signed > 0, `${model.name} is inside out`);
    assert.ok(Math.abs(signed / facts.volumeMm3 - 1) < 0.001, `${model.name}: ${signed} and ${facts.volumeMm3} mm³`);
  }
});

test('are the same whenever they are made, and no two of them are alike', () => {
  const files = MODELS.map((model) => Buffer.from(fileOf(model)).toString('base64'));
  assert.equal(
    MODELS.map((model) => Buffer.from(fileOf(model)).toString('base64')),
    files,
  );
  assert.is(new Set(files).size, MODELS.length);
  assert.is(new Set(MODELS.map(({ name }) => name)).size, MODELS.length);
});

test('that are broken are open, as a scan may be', async () => {
  for (const model of BROKEN) assert.is((await measured(fileOf(model))).failed, 'not-closed', model.name);
});

test('have faces that cover their outline but not its holes', () => {
  const square = (from: number, to: number) =>
    [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
    ] as const;
  const [outline, holes] = [square(0, 10), [square(1, 3), square(5, 8)]];
  const points = [outline, ...holes].flat();
  const triangles = triangulate(outline, holes);
  let area = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => points[triangles[t + k]!]!);
    area += ((b![0] - a![0]) * (c![1] - a![1]) - (b![1] - a![1]) * (c![0] - a![0])) / 2;
  }
  assert.is(area, 100 - 4 - 9);
  assert.throws(
    () =>
      triangulate(
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
        ],
        [],
      ),
    /crosses itself/,
  );
});
