/**
 * `node test/_kit/run.ts [unit|int|e2e|web|file …]`, nothing = all. Prints a line per file, the output of those that
 * failed, the reason of every skip and, last, `N passed, N failed, N skipped`; exit code 1 when anything failed.
 */
import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { chromium } from '../../src/launcher/chromium.ts';
import { rabbitmqBinary } from '../../src/launcher/servers/rabbitmq-binary.ts';
import { LANE, RUN_DIR } from './environment.ts';
import { type FileResult, killFiles, runFile } from './run-file.ts';
import { runFolder, sweepOldRuns } from './run-folder.ts';
import { type RunServers, startRunServers } from './run-servers.ts';

const KINDS = ['unit', 'int', 'e2e', 'web'] as const;
type Kind = (typeof KINDS)[number];

/** One after the other, so many files at once. A browser beside anything else is slow enough to be taken for stuck. */
const ROUNDS: readonly { readonly kinds: readonly Kind[]; readonly atOnce: number }[] = [
  { kinds: ['unit', 'int'], atOnce: 2 },
  { kinds: ['e2e'], atOnce: 2 },
  { kinds: ['web'], atOnce: 1 },
];

const kindOf = (file: string): Kind => {
  const kind = /\.(int|e2e|web)\.test\.ts$/.exec(file)?.[1];
  return KINDS.find((k) => k === kind) ?? 'unit';
};

/** Its files share a broker, which only then is started: that takes seconds. */
const AT_BROKER = 'test/amqp/';
/** These start their own. */
const OWN_BROKER = ['test/servers/rabbitmq.', 'test/launcher/broker'];

/** Why a file can't be run on this machine. */
function whyNot(file: string): string | undefined {
  if (kindOf(file) === 'unit') return undefined;
  if (kindOf(file) === 'web' && chromium() === undefined)
    return 'no chromium on this machine; apt-get install chromium';
  const withBroker = [AT_BROKER, ...OWN_BROKER].some((start) => file.startsWith(start));
  if (withBroker && rabbitmqBinary() === undefined)
    return 'no RabbitMQ on this machine; apt-get install rabbitmq-server';
  return undefined;
}

/** Throws when a named file does not exist. */
function choose(wanted: readonly string[]): string[] {
  const kinds = wanted.filter((word): word is Kind => (KINDS as readonly string[]).includes(word));
  const patterns = wanted.filter((word) => !kinds.includes(word as Kind));
  const all =
    kinds.length > 0 || wanted.length === 0
      ? globSync('test/**/*.test.ts', { exclude: ['test/_kit/fixtures/**'] })
      : [];
  const named = patterns.flatMap((pattern) => {
    const files = globSync(pattern);
    if (files.length === 0) throw new Error(`no such test file: ${pattern}`);
    return files;
  });
  return [...new Set([...all.filter((f) => wanted.length === 0 || kinds.includes(kindOf(f))), ...named])].sort();
}

/** Prints what a file said also where it passed: figures of long runs. */
const TELL = process.env['TEST_OUTPUT'] === '1';

function print(result: FileResult): void {
  const bad = result.failed > 0;
  const counts = `${result.passed} passed${bad ? `, ${result.failed} failed` : ''}`;
  console.log(`${bad ? 'FAIL' : 'ok  '} ${result.file}  ${counts}  ${result.ms} ms`);
  if (bad || TELL) console.log(result.output.trimEnd().replace(/^/gm, '     '));
  for (const fault of result.faults) console.log(`     FAULT: ${fault}`);
  for (const { title, reason } of result.skips) console.log(`     skipped: ${title} (${reason})`);
}

const skipped = (file: string, reason: string): FileResult => ({
  file,
  passed: 0,
  failed: 0,
  skips: [{ title: 'the whole file', reason }],
  ms: 0,
  faults: [],
  output: '',
});

async function runAll(files: readonly string[], atOnce: number, env: Record<string, string>): Promise<FileResult[]> {
  const queue = [...files];
  const results: FileResult[] = [];
  const worker = async (_: unknown, lane: number): Promise<void> => {
    const own = { ...env, [LANE]: String(lane) };
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const reason = whyNot(file);
      const result = reason === undefined ? await runFile(file, own) : skipped(file, reason);
      print(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function main(wanted: readonly string[]): Promise<void> {
  const faults: string[] = [];
  let files: string[] = [];
  try {
    files = choose(wanted);
    if (files.length === 0) faults.push('no test files');
  } catch (error) {
    faults.push((error as Error).message);
  }
  const needsServers = files.some((file) => kindOf(file) !== 'unit');
  await sweepOldRuns();
  const dir = await runFolder();

  let servers: RunServers | undefined;
  const cleanUp = async (): Promise<void> => {
    await servers?.stop();
    await rm(dir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      killFiles();
      void cleanUp().finally(() => process.exit(130));
    });

  const results: FileResult[] = [];
  try {
    const atBroker = files.some(
      (file) => file.startsWith(AT_BROKER) && kindOf(file) !== 'unit' && whyNot(file) === undefined,
    );
    if (needsServers) servers = await startRunServers(dir, atBroker);
    if (servers?.fault !== undefined) faults.push(servers.fault);
    const env = { [RUN_DIR]: dir, ...servers?.env };
    for (const { kinds, atOnce } of ROUNDS) {
      const chosen = files.filter((file) => kinds.includes(kindOf(file)));
      results.push(...(await runAll(chosen, atOnce, env)));
    }
  } catch (error) {
    faults.push((error as Error).message);
  } finally {
    await cleanUp();
  }
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  const sum = (count: (result: FileResult) => number): number => results.reduce((n, result) => n + count(result), 0);
  const failed = sum((r) => r.failed) + faults.length;
  console.log(`${sum((r) => r.passed)} passed, ${failed} failed, ${sum((r) => r.skips.length)} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Node 24 or newer is needed, this is ${process.version}: npm ci, then npm run test`);
  process.exit(1);
}
await main(process.argv.slice(2));
