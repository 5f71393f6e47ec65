/**
 * What the main thread of a page did, by the browser's own trace: each task with how long it took, and how long it had a
 * core meanwhile. On a machine that others use, a task may be long because it waits for a core, not because it has work.
 */
import type { CDPSession } from 'playwright-core';

export interface Task {
  /** Milliseconds. */
  readonly ms: number;
  readonly cpuMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

interface Timed extends Task {
  readonly at: number;
}

/** A task may run others within it; they are a part of it. */
function outermost(tasks: readonly Timed[]): readonly Task[] {
  let end = 0;
  return tasks
    .toSorted((a, b) => a.at - b.at || b.ms - a.ms)
    .filter(({ at, ms }) => {
      if (at < end) return false;
      end = at + ms;
      return true;
    });
}

const CATEGORY = 'disabled-by-default-devtools.timeline';
const BUFFER_KB = 400_000;

export async function traceTasks(session: CDPSession): Promise<() => Promise<readonly Task[]>> {
  const threads = new Map<string, Timed[]>();
  const mains = new Set<string>();
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      const thread = `${event.pid} ${event.tid}`;
      if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') mains.add(thread);
      if (event.name !== 'RunTask' || event.ph !== 'X' || event.dur === undefined) continue;
      const tasks = threads.get(thread) ?? [];
      tasks.push({ at: event.ts / 1_000, ms: event.dur / 1_000, cpuMs: (event.tdur ?? event.dur) / 1_000 });
      threads.set(thread, tasks);
    }
  });
  const traceConfig = { includedCategories: [CATEGORY], excludedCategories: ['*'], traceBufferSizeInKb: BUFFER_KB };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    const busy = (thread: string): number => (threads.get(thread) ?? []).reduce((sum, { ms }) => sum + ms, 0);
    const [page = ''] = [...mains].sort((a, b) => busy(b) - busy(a));
    return outermost(threads.get(page) ?? []);
  };
}
