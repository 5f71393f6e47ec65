/**
 * The one connection on which a process appends: statements are sent without waiting for the answers of those before.
 *
 * P1 Each statement is its own transaction; an error in one does not touch the next. They run in the order sent.
 * P2 Once retired or broken nothing more is sent; `gone` is called when no answer can come any more, after every
 *    statement on its way has been answered or has failed.
 * P3 A server that is silent for `silenceMs` while we wait counts as lost.
 */
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Backend, thisBackend } from './backend.ts';
import { type Access, BY_INDEX, clientConfig, LIMITS } from './connect.ts';
import { encodeBatch } from './encode-batch.ts';
import { type Statement, statement } from './statement.ts';

/** One line per row of a batch. */
export interface AppendLine {
  readonly r: 'won' | 'claim' | 'look';
  /** How many names it freed; null = none. */
  readonly freed: number | null;
}

export interface LookUpLine {
  readonly i: number;
  readonly mine_version: number | null;
  readonly mine_hash: string | null;
  readonly mine_at: Date | null;
  readonly mine_after: unknown;
  readonly mine_state_version: number | null;
  readonly head: number | null;
  readonly head_command: string | null;
  readonly held: Readonly<Record<string, string>> | null;
}

const append = statement<AppendLine>(import.meta.url, 'sql/append');
const lookUp = statement<LookUpLine>(import.meta.url, 'sql/look-up');

export interface PipelineOptions {
  readonly access: Access;
  /** Longer than statement_timeout, milliseconds. */
  readonly silenceMs: number;
  gone(): void;
}

export class Pipeline {
  readonly backend: Backend;
  readonly #client: pg.Client;
  readonly #socket: Socket;
  readonly #gone: () => void;
  readonly #silence: NodeJS.Timeout;
  #waiting = 0;
  #usable = true;
  #ended = false;

  private constructor(client: pg.Client, socket: Socket, backend: Backend, options: PipelineOptions) {
    this.#client = client;
    this.#socket = socket;
    this.backend = backend;
    this.#gone = options.gone;
    this.#silence = setTimeout(() => {
      if (this.#waiting > 0) socket.destroy();
    }, options.silenceMs).unref();
    client.on('error', () => this.retire());
    client.on('end', () => this.retire());
  }

  /** Connected, as the application's role, with the statements planned. */
  static async open(options: PipelineOptions): Promise<Pipeline> {
    const { role, ...login } = options.access;
    const socket = new Socket();
    const client = new pg.Client({
      ...clientConfig(login, { ...LIMITS, ...BY_INDEX }),
      stream: () => socket,
      pipeline: true,
    });
    const early = (): undefined => undefined; // a loss also rejects whatever runs
    client.on('error', early);
    const limit = setTimeout(() => socket.destroy(), options.silenceMs);
    try {
      await client.connect();
      const backend = await thisBackend(client);
      if (role !== undefined) await client.query("SELECT set_config('role', $1, false)", [role]);
      await append.run(client, encodeBatch([]));
      await lookUp.run(client, ['[]']);
      const pipeline = new Pipeline(client, socket, backend, options);
      client.off('error', early);
      return pipeline;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  get usable(): boolean {
    return this.#usable;
  }

  /** With what `encodeBatch` makes. */
  append(values: readonly unknown[]): Promise<AppendLine[]> {
    return this.#send(append, values);
  }

  lookUp(json: string): Promise<LookUpLine[]> {
    return this.#send(lookUp, [json]);
  }

  /** No more statements; closes when those on their way are through. */
  retire(): void {
    this.#usable = false;
    if (this.#waiting === 0 && !this.#ended) {
      this.#ended = true;
      void this.#end();
    }
  }

  async #send<Row extends object>(what: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    this.#waiting++;
    this.#silence.refresh();
    try {
      return await what.run(this.#client, values);
    } finally {
      this.#waiting--;
      this.#silence.refresh();
      // after whoever waits for this answer has seen it
      if (!this.#usable) setImmediate(() => this.retire());
    }
  }

  /** A polite goodbye where the server listens. */
  async #end(): Promise<void> {
    clearTimeout(this.#silence);
    await Promise.race([this.#client.end().catch(() => undefined), sleep(500, undefined, { ref: false })]);
    this.#socket.destroy();
    this.#gone();
  }
}
