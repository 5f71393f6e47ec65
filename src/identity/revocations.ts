/**
 * Which sessions ended lately, as Postgres says: asked once a second by every node, whatever else happens. So a revocation
 * holds everywhere within two seconds even when Redis could not be told, and still shows the session.
 *
 * V1 A look reaches back to the last one that succeeded, and farther by the time a commit may take.
 * V2 The first one reaches back as far as Redis may remember a session, for that began before this process did.
 * V3 What ended stays known for longer than Redis remembers anything.
 */
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';

const CHECK_MS = 1_000;
/** Longer than a revocation may take to commit. */
const OVERLAP_MS = 15_000;

const sqlRevoked = statement<{ sid: string }>(import.meta.url, 'sql/revoked-sessions');

export interface RevocationsOptions {
  readonly pool: Queryable;
  /** How long Redis may remember a session, milliseconds. */
  readonly rememberedMs: number;
}

export class Revocations {
  readonly #options: RevocationsOptions;
  /** By session: until when it is kept here, clock of performance.now(). */
  readonly #ended = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #checkedAt: number;
  #checking: Promise<void> | undefined;

  private constructor(options: RevocationsOptions) {
    this.#options = options;
    this.#checkedAt = performance.now() - options.rememberedMs;
    this.#timer = setInterval(() => void this.check(), CHECK_MS).unref();
  }

  /** Resolves after the first look; if Postgres is away, without one. */
  static async open(options: RevocationsOptions): Promise<Revocations> {
    const opened = new Revocations(options);
    await opened.check();
    return opened;
  }

  has(sid: string): boolean {
    return this.#ended.has(sid);
  }

  /** A look now, or the one that is on its way. Never rejects. */
  check(): Promise<void> {
    this.#checking ??= this.#look().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const startedAt = performance.now();
    const { pool, rememberedMs } = this.#options;
    try {
      const rows = await ask(pool, sqlRevoked, [(startedAt - this.#checkedAt + OVERLAP_MS) / 1_000]);
      for (const { sid } of rows) this.#ended.set(sid, startedAt + 2 * rememberedMs);
      this.#checkedAt = startedAt;
    } catch {
      return; // can't be known now: the next look reaches back farther
    }
    for (const [sid, until] of this.#ended) if (until <= startedAt) this.#ended.delete(sid);
  }
}
