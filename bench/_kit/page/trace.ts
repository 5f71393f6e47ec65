/**
 * What the main thread of a page did, by the browser's own trace: each task with how long it took, and how long it had a
 * core meanwhile. On a machine that others use, a task may be long because it waits for a core, not because it has work.
 */
import type { CDPSession } from 'playwright-core';
import { type Nested, outermost, selfTimes } from './nesting.ts';

export interface Task extends Nested {
  readonly cpuMs: number;
  /** Milliseconds by kind of work, of tasks that had a core for longer than was asked about. */
  readonly work?: ReadonlyMap<string, number>;
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

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'devtools.timeline'];
const TASK = 'RunTask';
/** Shorter pieces of a task's work are not told apart, microseconds. */
const LEAST_US = 500;
const BUFFER_KB = 400_000;

/** `workOver`: of tasks that had a core for longer it is told what they did, milliseconds. */
export async function traceTasks(session: CDPSession, workOver: number): Promise<() => Promise<readonly Task[]>> {
  const threads = new Map<string, (Task & { readonly name: string })[]>();
  const mains = new Set<string>();
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      const thread = `${event.pid} ${event.tid}`;
      if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') mains.add(thread);
      const { name, ph, ts, dur, tdur } = event;
      if (ph !== 'X' || dur === undefined || (name !== TASK && dur < LEAST_US)) continue;
      const events = threads.get(thread) ?? [];
      events.push({ name, at: ts / 1_000, ms: dur / 1_000, cpuMs: (tdur ?? dur) / 1_000 });
      threads.set(thread, events);
    }
  });
  const traceConfig = { includedCategories: CATEGORIES, excludedCategories: ['*'], traceBufferSizeInKb: BUFFER_KB };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    const busy = (thread: string): number => (threads.get(thread) ?? []).reduce((sum, { ms }) => sum + ms, 0);
    const [page = ''] = [...mains].sort((a, b) => busy(b) - busy(a));
    const events = threads.get(page) ?? [];
    // A task may run others within it; they are a part of it.
    return outermost(events.filter(({ name }) => name === TASK)).map((task) =>
      task.cpuMs > workOver ? { ...task, work: selfTimes(task, events) } : task,
    );
  };
}
