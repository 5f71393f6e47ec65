import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import { type MeasureOptions, measure, trianglesThatFit } from '../../src/geometry/measure.ts';
import type { Sight } from '../../src/geometry/mesh-facts.ts';
import { sandbox } from '../../src/geometry/sandbox.ts';
import { asciiStl, binaryStl, box, ring, sphere } from '../_kit/solids.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { seen } from './measured.ts';

interface Bench {
  /** Measures these bytes from a file that only its owner may read. */
  run(bytes: Uint8Array, limits?: { memoryMb?: number; timeMs?: number; maxTriangles?: number }): Promise<unknown>;
  /** The same, with the picture. */
  look(bytes: Uint8Array): Promise<Sight>;
  /** Runs a stand-in instead of the child; answers the error it ends in. */
  standIn(
    name: string,
    options?: MeasureOptions & { memoryMb?: number; timeMs?: number; model?: string },
  ): Promise<AndonError>;
}

const withBench: Fixture<Bench> = async (lend) => {
  const dir = await mkdtemp(join(tmpdir(), 'andon-geometry-'));
  const file = join(dir, 'model');
  const limits = { memoryMb: 512, timeMs: 20_000 };
  try {
    await lend({
      async look(bytes) {
        await writeFile(file, bytes);
        return measure(file, limits);
      },
      async run(bytes, given = {}) {
        await writeFile(file, bytes);
        await chmod(file, 0o600);
        return (await measure(file, { ...limits, ...given })).measured;
      },
      async standIn(name, { memoryMb = 512, timeMs = 20_000, model = 'model', ...options } = {}) {
        await writeFile(file, model);
        const program = fileURLToPath(new URL(`stand-ins/${name}.ts`, import.meta.url));
        const error = await measure(file, { memoryMb, timeMs }, { ...options, program }).catch(
          (thrown: unknown) => thrown,
        );
        assert.instance(error, AndonError);
        return error as AndonError;
      },
    });
  } finally {
    await rm(dir, { recursive: true });
  }
};

const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // gone
  }
};
const parentOf = (pid: string): number => Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]);
const commandOf = (pid: string): string => read(pid, 'cmdline');

const test = spec('the child that reads models', withBench, { deadlineMs: 30_000 });

test('a model that only its owner may read is measured', async ({ run }) => {
  const facts = { volumeMm3: 6_000, areaMm2: 2_200, sizeMm: [10, 20, 30], triangles: 12, shells: 1, closed: true };
  assert.equal(await run(binaryStl(box())), { facts });
  assert.equal(await run(asciiStl(box())), { facts });
});

test('its picture comes with it, the same that is drawn in this process', async ({ look }) => {
  const stl = binaryStl(ring());
  const { thumb } = await look(stl);
  assert.ok(thumb);
  assert.ok(Buffer.from(thumb).equals((await seen(stl)).thumb!));
  assert.is((await look(Buffer.from('PK'))).thumb, undefined);
});

test('faults of the model come back as values', async ({ run }) => {
  assert.equal(await run(binaryStl([])), { failed: 'no-triangles' });
  assert.equal(await run(Buffer.from('PK')), { failed: 'truncated' });
  assert.equal(await run(Buffer.alloc(0)), { failed: 'truncated' });
  assert.equal(await run(binaryStl(ring()), { maxTriangles: 100 }), { failed: 'too-many-triangles' });
});

test('as many triangles as fit are measured within the memory, even when no two share a vertex', async ({ run }) => {
  const memoryMb = 192;
  const most = trianglesThatFit(memoryMb);
  const one = binaryStl([0, 0, 0, 1, 0, 0, 0, 1, 0]).subarray(84);
  const soup = Buffer.alloc(84 + 50 * most);
  soup.writeUInt32LE(most, 80);
  for (let t = 0; t < most; t++) {
    one.copy(soup, 84 + 50 * t);
    for (const corner of [12, 24, 36]) soup.writeFloatLE(t, 84 + 50 * t + corner + 8);
  }
  const { failed, facts } = (await run(soup, { memoryMb })) as { failed: string; facts: { shells: number } };
  assert.is(failed, 'not-closed');
  assert.is(facts.shells, most);
  assert.equal(await run(binaryStl(sphere(10, 1_024, 512)), { memoryMb }), { failed: 'too-many-triangles' });
});

test('a child that never ends is ended when its time is over', async ({ standIn }) => {
  const started = performance.now();
  const error = await standIn('forever', { timeMs: 300 });
  assert.is(error.code, 'measure_timed_out');
  assert.is(error.retry, 'later');
  assert.ok(performance.now() - started < 5_000);
});

test('a child that grows beyond its memory is ended', async ({ standIn }) => {
  assert.is((await standIn('eater', { memoryMb: 256 })).code, 'measure_out_of_memory');
});

test('a child that crashes or lies is an error of the machine, not of the model', async ({ standIn }) => {
  assert.is((await standIn('crasher')).code, 'measure_crashed');
  assert.is((await standIn('liar')).code, 'measure_crashed');
  assert.is((await standIn('babbler')).code, 'measure_said_too_much');
});

test('a worker that stops ends its child', async ({ standIn }) => {
  const stop = new AbortController();
  const ended = standIn('orphan', { signal: stop.signal });
  stop.abort();
  assert.is((await ended).code, 'measure_stopped');
  assert.is((await standIn('orphan', { signal: stop.signal })).code, 'measure_stopped');
});

test('a worker that is killed leaves no child behind', async () => {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('stand-ins/parent.ts', import.meta.url))]);
  const children = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === parent.pid);
  const child = await until('the child works', () => children().find((pid) => commandOf(pid).includes('orphan.ts')));
  parent.kill('SIGKILL');
  await until('the child is gone', () => !commandOf(child!).includes('orphan.ts'));
});

test('it has an empty environment, no files, no network, no rights of root and gives way to others', async ({
  standIn,
}) => {
  const { become, missing } = await sandbox();
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await until('the port is there', () => server.address());
    const { port } = server.address() as { port: number };
    const error = await standIn('spy', { model: String(port).padStart(5, '0') });
    const report = JSON.parse(String(error.details['complaint']));
    assert.equal(report.env, {});
    assert.is(Number(report.model), port);
    assert.is(report.reads, false);
    assert.is(report.writes, false);
    if (become !== undefined) assert.is(report.uid, Number(become.split(':')[0]));
    if (!missing.includes('nice')) assert.ok(report.niceness >= 10);
    if (!missing.includes('network namespace')) assert.is(report.network, false);
  } finally {
    server.close();
  }
});
