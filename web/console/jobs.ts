/** Jobs that failed for good, while somebody looks; and how they are started anew. */
import { effect, signal } from '@preact/signals';
import type { Job, JobsPage } from '../../gateways/contract/jobs.ts';
import { codeOf } from '../client/problem.ts';
import { staffText } from '../text/staff.ts';
import { say } from '../ui/announce.tsx';
import { me, rest, section } from './app.ts';

/** undefined = not known yet. */
export const jobs = signal<readonly Job[] | undefined>(undefined);
/** Not counted further than the server counts. */
export const deadCount = signal(0);
export const jobsFault = signal<string | undefined>(undefined);
export const redriving = signal(false);

const POLL_MS = 10_000;

async function read(): Promise<void> {
  try {
    const { body } = await rest.get<JobsPage>('/api/jobs?state=dead&limit=100');
    jobs.value = body.items;
    deadCount.value = body.counts.dead;
    jobsFault.value = undefined;
  } catch (error) {
    jobsFault.value = codeOf(error);
  }
}

/** One, or all that are dead. */
export async function redrive(job: Job | undefined): Promise<void> {
  if (redriving.peek()) return;
  redriving.value = true;
  try {
    const path = job === undefined ? '/api/jobs/redrive' : `/api/jobs/${job.id}/redrive`;
    const { body } = await rest.write<{ redriven: number }>(path, {});
    say(staffText.jobs.redriven(body.redriven));
    await read();
  } catch (error) {
    jobsFault.value = codeOf(error);
  } finally {
    redriving.value = false;
  }
}

effect(() => {
  if (typeof me.value !== 'object' || section.value !== 'jobs') return undefined;
  void read();
  const timer = setInterval(() => {
    if (!document.hidden) void read();
  }, POLL_MS);
  return () => clearInterval(timer);
});
