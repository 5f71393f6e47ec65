/**
 * Everything one `up` runs. Invariants: what was started is in run.json before it serves; `stop()` ends exactly that,
 * processes before nginx before the stores, and afterwards nothing is ever started again. What could not be started is
 * not part of it.
 */
import { AndonError } from '../errors.ts';
import type { Fleet } from './fleet.ts';
import { Kept, type Program, type Watcher } from './kept.ts';
import { lastLines, logFile } from './log-files.ts';
import { bootId, type Identity, identify } from './pids.ts';
import type { Place } from './place.ts';
import type { OwnProcess, PrivateServer } from './programs.ts';
import { type RunFile, removeRun, writeRun } from './run-file.ts';

interface Member<P extends Program> {
  readonly program: P;
  readonly kept: Kept;
}

const running = <P extends Program>(members: readonly Member<P>[]): (readonly [P, Identity])[] =>
  members.flatMap(({ program, kept }) => (kept.identity === undefined ? [] : [[program, kept.identity] as const]));

export class Crew {
  readonly #place: Place;
  readonly #fleet: Fleet;
  readonly #say: (line: string) => void;
  readonly #servers: Member<PrivateServer>[] = [];
  readonly #processes: Member<OwnProcess>[] = [];
  readonly #diedEarly = Promise.withResolvers<never>();
  #settings: Readonly<Record<string, string>> = {};
  #state: RunFile['state'] = 'starting';

  constructor(place: Place, fleet: Fleet, say: (line: string) => void) {
    this.#place = place;
    this.#fleet = fleet;
    this.#say = say;
    this.#diedEarly.promise.catch(() => undefined);
    this.#write();
  }

  get #stopping(): boolean {
    return this.#state === 'stopping';
  }

  /** Rejects when a process ends while everything is being started. */
  get diedEarly(): Promise<never> {
    return this.#diedEarly.promise;
  }

  /** What `users add` and the like need to talk to the same stores. */
  set settings(settings: Readonly<Record<string, string>>) {
    this.#settings = settings;
    this.#write();
  }

  async addServer(server: PrivateServer): Promise<void> {
    await this.#add(this.#servers, server);
    this.#say(`${server.name} is ready`);
  }

  async addProcess(process: OwnProcess): Promise<void> {
    await this.#add(this.#processes, process);
  }

  ready(): void {
    this.#state = 'ready';
    this.#write();
  }

  async stop(): Promise<void> {
    this.#state = 'stopping';
    this.#write();
    const isNginx = ({ program }: Member<PrivateServer>): boolean => program.name === 'nginx';
    const stores = this.#servers.filter((member) => !isNginx(member));
    for (const group of [this.#processes, this.#servers.filter(isNginx), stores])
      await Promise.all(group.map(({ kept }) => kept.stop()));
    removeRun(this.#place);
  }

  async #add<P extends Program>(members: Member<P>[], program: P): Promise<void> {
    if (this.#stopping) throw new AndonError('stopped', 'stopped while starting', { expose: true });
    const watcher: Watcher = {
      changed: () => this.#write(),
      say: this.#say,
      ended: (who, how) => this.#ended(who, how),
    };
    const kept = new Kept(program, watcher);
    const member = { program, kept };
    members.push(member);
    try {
      await kept.start();
    } catch (error) {
      members.splice(members.indexOf(member), 1);
      if (!this.#stopping) this.#write();
      throw error;
    }
  }

  #ended(program: Program, how: string): void {
    if (this.#state === 'ready') this.#say(`${program.name} ended (${how}); starting it again`);
    if (this.#state !== 'starting') return;
    const log = lastLines(logFile(this.#place, program.name.replace(' ', '-')), 15).text;
    this.#diedEarly.reject(
      new AndonError('died_early', `${program.name} ended while starting (${how}):\n${log}`, { expose: true }),
    );
  }

  #write(): void {
    const supervisor = identify(process.pid);
    if (supervisor === undefined) throw new Error('this process can not be found in the process table');
    writeRun(this.#place, {
      boot: bootId(),
      supervisor,
      state: this.#state,
      url: this.#place.url,
      ...this.#fleet,
      settings: this.#settings,
      servers: running(this.#servers).map(([{ name, url }, id]) => ({ name, ...id, url })),
      processes: running(this.#processes).map(([{ type, index, url, ops }, id]) => ({
        type,
        index,
        ...id,
        ...(url === undefined ? {} : { url }),
        ...(ops === undefined ? {} : { ops }),
      })),
    });
  }
}
