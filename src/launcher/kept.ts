/**
 * One program kept running. Invariants: at most one of it runs at a time, what a dead one left of its session is ended
 * before the next; it is started again within 2 s whatever happened, with growing pauses while it dies young; after
 * `stop()` none of it runs and none is started.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { end, endSession, type Identity, identify, signal } from './pids.ts';
import type { Server } from './servers/child.ts';

/** Something that can be started, and again under the same name, address and data. */
export interface Program {
  readonly name: string;
  start(spawned: (pid: number) => void): Promise<Server>;
}

export interface Watcher {
  /** It has another pid now. */
  changed(): void;
  /** It ended although nobody asked it to. */
  ended(program: Program, how: string): void;
  say(line: string): void;
}

/** Who lived this long is healthy again, milliseconds. */
const HEALTHY_MS = 10_000;
/** Below 2 s with what a start itself takes. */
const LONGEST_PAUSE_MS = 1_200;

/** Pause before a start after `youngDeaths` ends in a row soon after the start. */
export const pauseMs = (youngDeaths: number): number => Math.min(50 * 2 ** youngDeaths, LONGEST_PAUSE_MS);

export class Kept {
  readonly program: Program;
  readonly #watcher: Watcher;
  readonly #stop = new AbortController();
  #identity: Identity | undefined;
  #server: Server | undefined;
  #starting: Promise<Server> | undefined;
  #watching: Promise<void> | undefined;

  constructor(program: Program, watcher: Watcher) {
    this.program = program;
    this.#watcher = watcher;
  }

  /** The newest one, also when it has just ended; undefined before the first. */
  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** Resolves when the first one is ready; throws why it is not, and then none runs. */
  async start(): Promise<void> {
    const server = await this.#start();
    this.#watching = this.#watch(server);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#server?.stop();
    // One that is just being started ends at once, or as soon as it has a pid.
    if (this.#identity !== undefined) await end(this.#identity, 5_000);
    await this.#starting?.then((server) => server.stop()).catch(() => undefined);
    await this.#watching;
    if (this.#identity !== undefined) await end(this.#identity, 5_000);
  }

  #start(): Promise<Server> {
    const run = async (): Promise<Server> => {
      try {
        this.#server = await this.program.start((pid) => this.#spawned(pid));
        return this.#server;
      } catch (error) {
        this.#endRest();
        throw error;
      }
    };
    this.#starting = run();
    return this.#starting;
  }

  #spawned(pid: number): void {
    this.#identity = identify(pid) ?? this.#identity;
    this.#watcher.changed();
    if (this.#stop.signal.aborted && this.#identity !== undefined) signal(this.#identity, 'SIGKILL');
  }

  async #watch(first: Server): Promise<void> {
    let youngDeaths = 0;
    for (let server: Server | undefined = first; server !== undefined; ) {
      const since = Date.now();
      await server.exited;
      this.#endRest();
      if (this.#stop.signal.aborted) return;
      youngDeaths = Date.now() - since > HEALTHY_MS ? 0 : youngDeaths + 1;
      this.#watcher.ended(this.program, server.ending() ?? 'ended');
      server = await this.#again(youngDeaths);
    }
  }

  /** undefined: stopped meanwhile. */
  async #again(youngDeaths: number): Promise<Server | undefined> {
    for (let deaths = youngDeaths; ; deaths++) {
      await sleep(pauseMs(deaths), undefined, { signal: this.#stop.signal }).catch(() => undefined);
      if (this.#stop.signal.aborted) return undefined;
      try {
        return await this.#start();
      } catch (error) {
        if (this.#stop.signal.aborted) return undefined;
        this.#watcher.say(`${this.program.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  #endRest(): void {
    if (this.#identity !== undefined) endSession(this.#identity);
  }
}
