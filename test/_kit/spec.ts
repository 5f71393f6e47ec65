/**
 * Tests on uvu that can't fail silently. uvu alone stays green when a hook throws, when something that isn't an Error
 * is thrown and when `.run()` was forgotten, and has no time limit. So: no hooks, a fixture opens, lends and closes
 * inside each test, or once for all of them; every test has a deadline; every suite is run by `file.ts`, which knows how
 * many there are.
 */
import { suite } from 'uvu';
import { report } from './report.ts';
import { shared } from './shared.ts';

export type Lend<F> = (thing: F) => Promise<void>;
/** Opens something, lends it once to the test, closes it in a `finally`. */
export type Fixture<F> = (lend: Lend<F>, title: string) => Promise<void>;

export interface SpecOptions {
  /** Time for one test and for opening its fixture, milliseconds; closing may take 5 s more. */
  readonly deadlineMs?: number;
  /** The fixture is opened once and lent to every test of the spec (`shared.ts`); a last test closes it. */
  readonly shared?: boolean;
}

export interface Test<F> {
  (title: string, body: (thing: F) => void | Promise<void>): void;
  /** Not run; counted and printed with its reason. */
  skip(title: string, reason: string): void;
}

interface Registered {
  readonly name: string;
  readonly titles: Set<string>;
  /** Adds the test that closes what the others shared. */
  readonly close: () => void;
  readonly run: () => void;
}

const DEADLINE_MS = 10_000;
/** After its deadline a test may still close what it opened. */
const CLOSE_MS = 5_000;

const specs: Registered[] = [];
let mayRun = false;

const toError = (thrown: unknown): Error =>
  thrown instanceof Error ? printable(thrown) : new Error(`thrown, but not an Error: ${String(thrown)}`);

/** uvu prints `details` as text and dies of anything else, such as those of our own errors. */
function printable(error: Error & { details?: unknown }): Error {
  if (error.details === undefined || typeof error.details === 'string') return error;
  const copy = new Error(`${error.message} ${JSON.stringify(error.details)}`, { cause: error.cause });
  if (error.stack !== undefined) copy.stack = error.stack;
  return copy;
}

const rejectAfter = (ms: number, text: string): { promise: Promise<never>; clear(): void } => {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(text)), ms);
  });
  promise.catch(() => undefined);
  return { promise, clear: () => clearTimeout(timer) };
};

/** Runs one test; throws one Error that holds everything that went wrong. */
async function runTest<F>(
  title: string,
  fixture: Fixture<F>,
  body: (thing: F) => void | Promise<void>,
  deadlineMs: number,
): Promise<void> {
  const faults: Error[] = [];
  const fault = (thrown: unknown): void => {
    const error = toError(thrown);
    if (!faults.includes(error)) faults.push(error);
  };
  const deadline = rejectAfter(deadlineMs, `not done after its deadline of ${deadlineMs} ms`);
  let lent: 'no' | 'now' | 'done' = 'no';
  const lend: Lend<F> = async (thing) => {
    if (lent !== 'no') return fault(new Error('the fixture lent twice'));
    lent = 'now';
    try {
      await Promise.race([(async () => body(thing))(), deadline.promise]);
    } catch (thrown) {
      const error = toError(thrown);
      fault(error);
      throw error;
    } finally {
      lent = 'done';
    }
  };
  // The fixture is also given the time to close: body late → `lend` rejects → its `finally` runs.
  const close = rejectAfter(deadlineMs + CLOSE_MS, `its fixture had not closed ${CLOSE_MS} ms after the deadline`);
  try {
    const opened = (async () => fixture(lend, title))();
    await Promise.race([
      opened,
      close.promise,
      deadline.promise.catch(async (late) => {
        if (lent === 'no') throw late; // the fixture never got to lend
        await opened;
      }),
    ]);
    // `lent` changes inside the callback, which the type checker can't see.
    const state = lent as 'no' | 'now' | 'done';
    if (state === 'no') fault(new Error('the fixture never lent'));
    if (state === 'now') fault(new Error('the fixture closed before the test was done'));
  } catch (thrown) {
    fault(thrown);
  } finally {
    deadline.clear();
    close.clear();
  }
  const [first, ...more] = faults;
  if (first === undefined) return;
  for (const other of more) first.message += `\n    and then: ${other.message}`;
  throw first;
}

const nothing: Fixture<never> = async (lend) => lend(undefined as never);

/** A suite; its tests run when the whole file has been read. */
export function spec<F = undefined>(
  name: string,
  fixture: Fixture<F> = nothing as unknown as Fixture<F>,
  options: SpecOptions = {},
): Test<F> {
  const uvu = suite(name);
  const titles = new Set<string>();
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  if (specs.some((other) => other.name === name)) throw new Error(`two specs are called "${name}"`);
  const once = options.shared ? shared(fixture) : undefined;

  const register = (title: string): string => {
    if (mayRun) throw new Error(`"${title}" was registered after the file had been read`);
    if (titles.has(title)) throw new Error(`"${name}" has two tests called "${title}"`);
    titles.add(title);
    return `${name}: ${title}`;
  };
  const add = <T>(title: string, lent: Fixture<T>, body: (thing: T) => void | Promise<void>): void => {
    const full = register(title);
    uvu(title, async () => {
      report({ type: 'started', title: full, deadlineMs: deadlineMs + CLOSE_MS });
      const start = performance.now();
      const ms = (): number => Math.round(performance.now() - start);
      try {
        await runTest(title, lent, body, deadlineMs);
      } catch (error) {
        report({ type: 'failed', title: full, ms: ms() });
        throw error;
      }
      report({ type: 'passed', title: full, ms: ms() });
    });
  };
  specs.push({
    name,
    titles,
    close: () => {
      if (once && titles.size > 0) add('closes what its tests shared', nothing, () => once.close());
    },
    run: () => uvu.run(),
  });
  const test = (title: string, body: (thing: F) => void | Promise<void>): void =>
    add(title, once?.fixture ?? fixture, body);
  return Object.assign(test, {
    skip(title: string, reason: string): void {
      const full = register(title);
      uvu.skip();
      report({ type: 'skipped', title: full, reason });
    },
  });
}

/** Hands every suite to uvu; returns the number of tests. Throws when there is nothing to run. */
export function queueSpecs(): number {
  for (const { close } of specs) close();
  mayRun = true;
  if (specs.length === 0) throw new Error('the file has no spec');
  for (const { name, titles, run } of specs) {
    if (titles.size === 0) throw new Error(`"${name}" has no tests`);
    run();
  }
  return specs.reduce((sum, { titles }) => sum + titles.size, 0);
}
