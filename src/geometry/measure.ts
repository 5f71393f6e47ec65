/**
 * The parent of the child that reads a model: starts it behind what the sandbox offers, watches its memory and its
 * time, and believes nothing it says that does not look like a measurement.
 *
 * Faults of the model come back as values; a child that crashed, grew or took too long is thrown (`measure_…`, retry
 * later), because the same bytes may pass on a less busy machine; attempts are bounded by the job.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AndonError } from '../errors.ts';
import { readMeasured, type Sight } from './mesh-facts.ts';
import { MOST_THUMB_BYTES } from './png.ts';
import { sandbox } from './sandbox.ts';

export interface MeasureLimits {
  readonly memoryMb: number;
  readonly timeMs: number;
  /** Never more than the memory allows. */
  readonly maxTriangles?: number;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  /** Stands in for the child in tests. */
  readonly program?: string;
}

/** An empty Node process, and the worst case per triangle: no two of them share a vertex. */
const BASE_MB = 128;
const WORST_BYTES_PER_TRIANGLE = 160;

const WATCH_MS = 50;
/** Facts, and a picture in base64. */
const LONGEST_ANSWER = 4 * 1024 + Math.ceil((MOST_THUMB_BYTES * 4) / 3);
const KEPT_COMPLAINT = 4 * 1024;

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

export const trianglesThatFit = (memoryMb: number): number =>
  Math.floor((Math.max(0, memoryMb - BASE_MB) * 2 ** 20) / WORST_BYTES_PER_TRIANGLE);

/** Opens the model here and hands over the descriptor, so the child needs no right to any file. */
export async function measure(path: string, limits: MeasureLimits, options: MeasureOptions = {}): Promise<Sight> {
  const file = await open(path, 'r');
  try {
    return await run(file.fd, limits, options);
  } finally {
    await file.close();
  }
}

async function run(model: number, limits: MeasureLimits, options: MeasureOptions): Promise<Sight> {
  const child = await start(model, limits, options.program ?? CHILD);
  let why: 'timed_out' | 'out_of_memory' | 'stopped' | 'said_too_much' | undefined;
  const end = (reason: NonNullable<typeof why>): void => {
    why ??= reason;
    child.kill('SIGKILL');
  };
  const time = setTimeout(() => end('timed_out'), limits.timeMs);
  const watch = setInterval(() => {
    void residentMb(child.pid).then((mb) => mb > limits.memoryMb && end('out_of_memory'));
  }, WATCH_MS);
  const stop = (): void => end('stopped');
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted) stop();
  let said = '';
  let complaint = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.length > LONGEST_ANSWER) end('said_too_much');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_COMPLAINT);
  });
  try {
    const ended = await ending(child);
    const seen = ended.code === 0 && why === undefined ? readMeasured(said) : undefined;
    if (seen !== undefined) return seen;
    throw new AndonError(`measure_${why ?? 'crashed'}`, `the child that reads models ended: ${why ?? 'crashed'}`, {
      retry: 'later',
      details: { ...ended, complaint },
    });
  } finally {
    clearTimeout(time);
    clearInterval(watch);
    options.signal?.removeEventListener('abort', stop);
  }
}

async function start(model: number, limits: MeasureLimits, program: string): Promise<ChildProcess> {
  const box = await sandbox();
  const triangles = Math.min(limits.maxTriangles ?? Number.MAX_SAFE_INTEGER, trianglesThatFit(limits.memoryMb));
  const [command = process.execPath, ...args] = [
    ...box.wrap(limits.timeMs / 1_000 + 1),
    process.execPath,
    `--max-old-space-size=${limits.memoryMb}`,
    '--permission',
    `--allow-fs-read=${join(dirname(program), '*')}`,
    program,
    String(triangles),
    ...(box.become === undefined ? [] : [box.become]),
  ];
  return spawn(command, args, { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'pipe', model] });
}

function ending(child: ChildProcess): Promise<{ code: number | null; signal: string | null; cause?: string }> {
  return new Promise((resolve) => {
    child.stdin?.on('error', () => undefined);
    child.on('error', (error) => resolve({ code: null, signal: null, cause: error.message }));
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
}

/** Resident memory as Linux counts it; 0 where it can't be known (gone, or another system). */
async function residentMb(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
}
