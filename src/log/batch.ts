/**
 * The group commit of one process: rows of all actors, many to a statement, on one pipelined connection.
 *
 * B1 At most two statements are on their way, at most one row of an actor among them: while one commits, the next fills.
 * B2 A row is answered *won* or *mine* by what Postgres said, and *lost* or *claim* only when no attempt of it can
 *    commit any more. Where that can't be known in time the answer is `unavailable`.
 * B3 If an outcome is unknown the same rows are sent again, in the same order, before anything else.
 * B4 A bad row harms nobody: statements that fail are taken apart.
 * B5 The queue is bounded: `overloaded` at once rather than late answers.
 *
 * Measured: 32 rows and two statements; a third or more rows are not faster, one statement costs 7 %.
 */
import { AndonError, overloaded, unavailable } from '../errors.ts';
import { encodeLookUp } from './conclude.ts';
import { DoubtfulBackends } from './doubtful-backends.ts';
import { encodeRow } from './encode.ts';
import { encodeBatch } from './encode-batch.ts';
import { type Batch, type Fate, fatesOfFailed, fatesOfOpen, freshBatch } from './fate.ts';
import type { AppendLine, LookUpLine, Pipeline } from './pipeline.ts';
import { Reconnecting } from './reconnect.ts';
import { RowQueue, type Waiting } from './row-queue.ts';
import type { Appended, NewRow } from './rows.ts';
import { verdictOf } from './verdict.ts';

const ON_THEIR_WAY = 2;
const ROWS = 32;
const ROWS_WHEN_MANY = 64;
const MANY = 500;
const SWEEP_MS = 100;

export interface BatcherOptions {
  readonly url: string;
  /** Set where the login of `url` is not the application's own. */
  readonly role?: string;
  /** application_name */
  readonly name?: string;
  /** Most rows that wait or are sent. */
  readonly queueLimit: number;
  /** Longest time for a row, milliseconds. */
  readonly commandMs?: number;
  /** A server that says nothing for so long counts as lost, milliseconds; longer than statement_timeout. */
  readonly silenceMs?: number;
  /** What an engineer should know: `what` is stable. */
  readonly report?: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

export class Batcher {
  readonly #options: Required<Pick<BatcherOptions, 'queueLimit' | 'commandMs' | 'report'>>;
  readonly #queue = new RowQueue();
  readonly #doubtful: DoubtfulBackends;
  readonly #connection: Reconnecting;
  /** To be sent before anything new, in order. */
  readonly #again: Batch[] = [];
  #onTheirWay = 0;
  #scheduled = false;
  #sweeper: NodeJS.Timeout | undefined;
  #connected: (() => void) | undefined;
  #closing: { drained(): void } | undefined;

  constructor(options: BatcherOptions) {
    const { url, role, queueLimit, commandMs = 10_000, silenceMs = 6_000, report = () => undefined } = options;
    const access = { url, role, name: options.name ?? 'andon append' };
    this.#options = { queueLimit, commandMs, report };
    this.#doubtful = new DoubtfulBackends(access);
    this.#connection = new Reconnecting({
      access,
      silenceMs,
      doubtful: this.#doubtful,
      connected: () => {
        this.#connected?.();
        this.#schedule();
      },
      failed: (error) => report('append_not_connected', { error }),
    });
  }

  /** Rows that wait or are sent. */
  get size(): number {
    return this.#queue.all.size;
  }

  /**
   * Resolves with the first connection. Throws `unavailable` when there is none within `commandMs`, but goes on trying:
   * a node may start without Postgres.
   */
  async start(): Promise<void> {
    this.#sweeper = setInterval(() => this.#giveUpLate(), SWEEP_MS).unref();
    const { commandMs } = this.#options;
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(unavailable('the log')), commandMs).unref();
      this.#connected = () => {
        clearTimeout(limit);
        resolve();
      };
      this.#connection.open();
    });
  }

  /** Throws AndonError `overloaded`, `unavailable` or `bad_row`. After `unavailable` the row may or may not stand. */
  append(row: NewRow): Promise<Appended> {
    if (this.#closing) return Promise.reject(unavailable('the log'));
    if (this.#queue.all.size >= this.#options.queueLimit) return Promise.reject(overloaded('the log'));
    return new Promise((resolve, reject) => {
      this.#queue.add({
        row,
        encoded: encodeRow(row),
        lane: `${row.kind}:${row.actor}`,
        until: Date.now() + this.#options.commandMs,
        resolve,
        reject,
        settled: false,
        sent: false,
        doubted: false,
        tries: 0,
      });
      this.#schedule();
    });
  }

  /** Takes no more rows, answers those it has, disconnects. */
  async close(): Promise<void> {
    await new Promise<void>((drained) => {
      this.#closing = { drained };
      if (this.#queue.all.size === 0) drained();
    });
    clearInterval(this.#sweeper);
    await this.#connection.close();
  }

  /** At the end of this tick: rows that come together go together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#fill();
    });
  }

  #fill(): void {
    const { pipeline } = this.#connection;
    while (pipeline?.usable && this.#onTheirWay < ON_THEIR_WAY) {
      const batch = this.#next();
      if (batch === undefined) return;
      void this.#send(pipeline, batch);
    }
  }

  /** What is sent again is looked at here too: between two of its attempts the sweeper may never find it unsent. */
  #next(): Batch | undefined {
    if (this.#again.length > 0) this.#giveUpLate();
    for (let batch = this.#again.shift(); batch !== undefined; batch = this.#again.shift()) {
      const rows = batch.rows.filter((waiting) => !waiting.settled);
      if (rows.length > 0) return { ...batch, rows };
    }
    const rows = this.#queue.take(this.#queue.ready > MANY ? ROWS_WHEN_MANY : ROWS);
    return rows.length === 0 ? undefined : freshBatch(rows);
  }

  async #send(pipeline: Pipeline, batch: Batch): Promise<void> {
    const sure = this.#doubtful.none; // no older attempt can commit any more
    for (const waiting of batch.rows) waiting.sent = true;
    this.#onTheirWay++;
    let lines: readonly AppendLine[];
    try {
      lines = await pipeline.append(encodeBatch(batch.rows.map(({ encoded }) => encoded)));
    } catch (error) {
      this.#failed(pipeline, batch, error);
      return;
    } finally {
      this.#onTheirWay--;
      this.#schedule();
    }
    const open = batch.rows.filter((waiting, i) => !this.#won(waiting, lines[i]));
    if (open.length > 0) await this.#lookUp(pipeline, open, sure);
  }

  #won(waiting: Waiting, line: AppendLine | undefined): boolean {
    if (line?.r !== 'won') return false;
    const { kind, actor, frees } = waiting.row;
    if ((line.freed ?? 0) < frees.length) {
      this.#options.report('append_freed_what_it_did_not_hold', { kind, actor, frees });
    }
    this.#settle(waiting, { result: 'won' });
    return true;
  }

  async #lookUp(pipeline: Pipeline, rows: readonly Waiting[], sure: boolean): Promise<void> {
    let found: readonly LookUpLine[];
    try {
      found = await pipeline.lookUp(encodeLookUp(rows));
    } catch (error) {
      if (verdictOf(error) === 'unknown') pipeline.retire();
      this.#sendAgain(freshBatch(rows));
      return;
    }
    for (const fate of fatesOfOpen(rows, found, sure)) this.#meet(fate);
  }

  #failed(pipeline: Pipeline, batch: Batch, error: unknown): void {
    const verdict = verdictOf(error);
    if (verdict === 'unknown') {
      this.#options.report('append_outcome_unknown', { rows: batch.rows.length, error });
      for (const waiting of batch.rows) waiting.doubted = true;
      this.#doubtful.add(pipeline.backend);
      pipeline.retire();
    }
    for (const fate of fatesOfFailed(batch, verdict)) this.#meet(fate, error);
  }

  #meet(met: Fate, cause?: unknown): void {
    if (met.fate === 'again') this.#sendAgain(met.batch);
    else if (met.fate === 'answer') this.#settle(met.waiting, met.appended);
    else if (met.fate === 'refuse') this.#refuse(met.waiting, cause);
    else if (met.fate === 'later') this.#later(met.waiting);
    else {
      const later = (): void => this.#later(met.waiting);
      this.#doubtful.end().then(later, later);
    }
  }

  #sendAgain(batch: Batch): void {
    for (const waiting of batch.rows) waiting.sent = false;
    this.#again.push(batch);
    this.#schedule();
  }

  /** After a pause, alone. */
  #later(waiting: Waiting): void {
    waiting.sent = false;
    waiting.tries++;
    setTimeout(() => this.#sendAgain(freshBatch([waiting])), Math.min(200, 5 * waiting.tries)).unref();
  }

  #refuse(waiting: Waiting, cause: unknown): void {
    const { kind, actor, version, commandId } = waiting.row;
    this.#options.report('append_bad_row', { kind, actor, version, commandId, error: cause });
    this.#release(waiting);
    waiting.reject(
      new AndonError('bad_row', `${kind} ${actor} version ${version} does not fit into the log`, { cause }),
    );
  }

  #settle(waiting: Waiting, appended: Appended): void {
    this.#release(waiting);
    waiting.resolve(appended);
  }

  #release(waiting: Waiting): void {
    this.#queue.release(waiting);
    if (this.#queue.all.size === 0) this.#closing?.drained();
    else this.#schedule();
  }

  /** Rows stand in the order of their times. Those on their way are answered by what becomes of them. */
  #giveUpLate(): void {
    const now = Date.now();
    for (const waiting of this.#queue.all) {
      if (waiting.until > now) return;
      if (waiting.sent) continue;
      this.#release(waiting);
      waiting.reject(unavailable('the log'));
    }
  }
}
