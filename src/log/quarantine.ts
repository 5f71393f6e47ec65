/** Actors whose rows have a hole or can't be folded: their commands are refused, everybody else's go on. */
import type { ActorKey } from './rows.ts';
import { type Queryable, statement } from './statement.ts';

export interface Quarantined extends ActorKey {
  readonly why: string;
  readonly since: Date;
}

const put = statement<{ since: Date }>(import.meta.url, 'sql/quarantine');
const all = statement<{ kind: string; actor_id: string; why: string; since: Date }>(import.meta.url, 'sql/quarantined');

/** True if it was not there yet; the first reason stays. */
export async function quarantine(on: Queryable, kind: string, actor: string, why: string): Promise<boolean> {
  return (await put.run(on, [kind, actor, why])).length > 0;
}

/** Longest first. */
export async function listQuarantined(on: Queryable): Promise<readonly Quarantined[]> {
  return (await all.run(on)).map(({ kind, actor_id, why, since }) => ({ kind, actor: actor_id, why, since }));
}
