/** `jobs`, `jobs redrive`: the jobs of the Andon that is up, and a new start for dead ones. */
import { type AdminRequest, askAdmin } from './admin.ts';
import type { WantedJobs } from './arguments.ts';
import type { Place } from './place.ts';
import { reach } from './reach.ts';
import type { Env } from './settings.ts';

type Asked = Extract<AdminRequest, { readonly do: 'list-jobs' | 'redrive-jobs' }>;
type Print = (line: string) => void;

interface Line {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly order: string | null;
  readonly attempt: number;
  readonly drive: number;
  readonly share: string | null;
  readonly outcome: string | null;
  readonly message?: string;
  readonly createdAt: string;
}

interface Page {
  readonly items: readonly Line[];
  readonly next: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

/** As many as a page has at most. */
const MOST = 200;

const has = (answer: unknown, key: string): boolean => typeof answer === 'object' && answer !== null && key in answer;

function ask<T>(place: Place, env: Env, request: Asked, key: string): Promise<T> {
  const run = reach(place, env);
  return askAdmin(place, run.settings, env, request, (answer) => (has(answer, key) ? (answer as T) : undefined));
}

export async function listJobs(
  place: Place,
  { state, kind, json }: WantedJobs & { readonly json: boolean },
  env: Env,
  print: Print,
): Promise<number> {
  const wanted = { ...(state === undefined ? {} : { state }), ...(kind === undefined ? {} : { kind }) };
  const page = await ask<Page>(place, env, { do: 'list-jobs', limit: MOST, ...wanted }, 'items');
  if (json) print(JSON.stringify(page, undefined, 2));
  else {
    const counts = Object.entries(page.counts).map(([name, count]) => `${count} ${name}`);
    print(counts.join(', '));
    for (const job of page.items) print(line(job));
    if (page.next !== null) print(`… and more; these are the newest ${MOST}`);
  }
  return 0;
}

/** `id` undefined: all that are dead, of the kind if one is given. */
export async function redriveJobs(
  place: Place,
  { id, kind }: { readonly id: string | undefined; readonly kind: string | undefined },
  env: Env,
  print: Print,
): Promise<number> {
  const wanted = { ...(id === undefined ? {} : { id }), ...(kind === undefined ? {} : { kind }) };
  const { redriven } = await ask<{ redriven: number }>(place, env, { do: 'redrive-jobs', ...wanted }, 'redriven');
  print(redriven === 1 ? '1 job starts anew' : `${redriven} jobs start anew`);
  return 0;
}

function line({ id, kind, state, order, attempt, drive, share, outcome, message, createdAt }: Line): string {
  const whose = share === null ? '' : `partner ${share}`;
  const why = [outcome, message].filter((word) => word !== undefined && word !== null).join(': ');
  const tried = `${attempt}x${drive === 0 ? '' : ` drive ${drive}`}`;
  const words = [createdAt, id, kind, state, tried, order === null ? '' : `order ${order}`, whose, why];
  return words.filter((word) => word !== '').join('  ');
}
