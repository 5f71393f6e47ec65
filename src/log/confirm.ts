/**
 * The check before any refusal: no *no* is answered on a state that is not the log's head, nor to a command that the log
 * accepted before. All questions of one event-loop tick are one statement; one snapshot answers each.
 */
import type { Pool } from 'pg';
import { type Access, BY_INDEX, LIMITS, openPool } from './connect.ts';
import { Gather } from './gather.ts';
import type { ActorKey, Head, StoredCommand } from './rows.ts';
import { statement } from './statement.ts';

export interface Question extends ActorKey {
  /** Of the state that was judged; 0 = the actor does not exist. */
  readonly version: number;
  /** Command ids to look for in this actor's log. */
  readonly ids: readonly string[];
}

export interface Confirmed {
  /** Of the newest row; 0 and null = there is none. */
  readonly version: number;
  readonly commandId: string | null;
  /** The newest row, only where its version is not the one that was asked about. */
  readonly head: Head | undefined;
  /** By command id. */
  readonly mine: ReadonlyMap<string, StoredCommand>;
  readonly quarantined: boolean;
}

interface Line {
  readonly i: number;
  readonly head: number | null;
  readonly head_command: string | null;
  readonly after: unknown;
  readonly state_version: number | null;
  readonly quarantined: boolean;
  readonly mine: string | null;
  readonly mine_version: number | null;
  readonly mine_hash: string | null;
  readonly mine_after: unknown;
  readonly mine_state_version: number | null;
}

const confirm = statement<Line>(import.meta.url, 'sql/confirm');

export interface ConfirmerOptions extends Access {
  readonly connections?: number;
  readonly onError?: (error: Error) => void;
}

export class Confirmer {
  readonly #pool: Pool;
  readonly #gather: Gather<Question, Confirmed>;

  constructor({ connections = 2, ...options }: ConfirmerOptions) {
    this.#pool = openPool({ ...options, max: connections, settings: { ...LIMITS, ...BY_INDEX } });
    this.#gather = new Gather({ ask: (questions) => this.#ask(questions), atOnce: connections, most: 128 });
  }

  /** Throws `unavailable`. */
  ask(question: Question): Promise<Confirmed> {
    return this.#gather.ask(question);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #ask(questions: readonly Question[]): Promise<readonly Confirmed[]> {
    const asked = questions.map(({ kind, actor, version, ids }, i) => ({ i, kind, actor_id: actor, version, ids }));
    const lines = await confirm.run(this.#pool, [JSON.stringify(asked)]);
    const found = questions.map((): Line[] => []);
    for (const line of lines) found[line.i]?.push(line);
    return found.map(confirmed);
  }
}

function confirmed(lines: readonly Line[]): Confirmed {
  const [first] = lines;
  if (first === undefined) throw new Error('sql/confirm.sql gave no line for a question');
  const { head: version, head_command: commandId, after, state_version: stateVersion, quarantined } = first;
  const mine = new Map<string, StoredCommand>();
  for (const line of lines) {
    if (line.mine === null || line.mine_version === null) continue;
    if (line.mine_hash === null || line.mine_state_version === null) continue;
    mine.set(line.mine, {
      version: line.mine_version,
      hash: line.mine_hash,
      after: line.mine_after,
      stateVersion: line.mine_state_version,
    });
  }
  const head =
    version === null || commandId === null || stateVersion === null
      ? undefined
      : { version, commandId, after, stateVersion, quarantined };
  return { version: version ?? 0, commandId, head, mine, quarantined };
}
