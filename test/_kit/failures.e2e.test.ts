import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { type FileResult, LIMITS, runFile } from './run-file.ts';
import { spec } from './spec.ts';

const test = spec('a test file', undefined, { deadlineMs: 30_000 });

const limits = { ...LIMITS, slackMs: 10_000, exitMs: 300 };
const runFixture = (name: string, slackMs = limits.slackMs): Promise<FileResult> =>
  runFile(fileURLToPath(new URL(`./fixtures/${name}.ts`, import.meta.url)), {}, { ...limits, slackMs });

const counts = ({ passed, failed, skips }: FileResult): readonly number[] => [passed, failed, skips.length];

test('that is right is green', async () => {
  const result = await runFixture('passes');
  assert.equal(counts(result), [2, 0, 0]);
  assert.equal(result.faults, []);
});

test('that skips says why', async () => {
  const result = await runFixture('skips');
  assert.equal(counts(result), [1, 0, 1]);
  assert.equal(result.skips, [{ title: 'a spec: is left out', reason: 'no such server here' }]);
});

test('that shares a thing opens it once and closes it after its last test', async () => {
  const result = await runFixture('shares');
  assert.equal(counts(result), [3, 0, 0], result.output);
  assert.is(result.output.split('closed once').length, 2);
});

/** Fixture file → [passed, failed] and what the runner or the printed output says. */
const RED: readonly (readonly [string, string, readonly [number, number], RegExp])[] = [
  ['asserts wrongly', 'asserts', [1, 1], /FAIL.*is wrong/],
  ['throws what is no Error', 'throws-a-string', [1, 2], /thrown, but not an Error: a string/],
  ['throws an error with details', 'throws-details', [1, 1], /with details/],
  ['has a test that never resolves', 'never-resolves', [1, 1], /not done after its deadline of 50 ms/],
  ['is late still closes its fixture', 'late-closes', [0, 1], /the fixture was closed/],
  ['leaves a handle open', 'open-handle', [1, 1], /did not exit after its last test/],
  ['leaves a process running', 'leaves-process', [1, 1], /left processes running: sleep \(\d+\)/],
  ['has no spec', 'no-spec', [0, 1], /the file has no spec/],
  ['uses uvu itself and forgets to run', 'plain-uvu', [0, 1], /the file has no spec/],
  ['has an empty spec', 'empty-spec', [0, 1], /"an empty one" has no tests/],
  ['has two tests of one title', 'same-title', [0, 1], /has two tests called "is here"/],
  ['has a fixture that throws before', 'fixture-opens-badly', [0, 1], /could not open/],
  ['has a fixture that throws after', 'fixture-closes-badly', [0, 1], /could not close/],
  ['has a fixture that never lends', 'fixture-never-lends', [0, 1], /the fixture never lent/],
  ['has a fixture that swallows', 'fixture-swallows', [0, 1], /swallowed/],
  ['has a fixture that lends twice', 'fixture-lends-twice', [0, 1], /the fixture lent twice/],
  ['has a fixture that does not wait', 'fixture-does-not-wait', [0, 1], /closed before the test was done/],
  ['exits with code 0 in the middle', 'exits-early', [0, 1], /ended before its tests were done/],
  ['cannot open what it shares', 'shares-badly', [0, 3], /could not open/],
  [
    'cannot close what it shared',
    'shared-closes-badly',
    [1, 1],
    /closes what its tests shared.*[\s\S]*could not close/,
  ],
  ['closes early what it shares', 'shared-closes-early', [0, 2], /closed before its tests were done/],
  ['forgets a promise that rejects later', 'rejects-later', [1, 1], /ended with exit code 1/],
  ['throws while it is read', 'reads-badly', [0, 1], /the file can not be read/],
  ['registers after a top-level await', 'waits-at-the-top', [0, 1], /and is run/],
];

for (const [title, fixture, [passed, failed], says] of RED)
  test(`that ${title} is red`, async () => {
    const result = await runFixture(fixture);
    assert.equal(counts(result), [passed, failed, 0], result.output);
    assert.match(`${result.faults.join('\n')}\n${result.output}`, says);
  });

test('that never gives its process back is ended and red', async () => {
  const result = await runFixture('blocks', 1_000);
  // The limit covers deadline, time to close and slack.
  assert.equal(counts(result), [0, 1, 0]);
  assert.match(result.faults.join(), /"a spec: never gives the process back" blocked the process/);
  assert.ok(result.ms < 15_000);
});
