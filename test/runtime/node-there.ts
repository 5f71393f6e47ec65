/** A node in a process of its own, which may be killed and stopped. What it does not answer in time is not answered. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { unavailable } from '../../src/errors.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import type { Node, Servers } from './works.ts';

/** A client's patience, milliseconds. */
const PATIENCE_MS = 1_500;

interface Said {
  readonly id: number;
  readonly answer?: Answer;
  readonly code?: string;
}

export class NodeThere implements Node {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (said: Omit<Said, 'id'>) => void>();
  #sent = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, ...said }: Said) => this.#waiting.get(id)?.(said));
    child.once('exit', () => {
      for (const tell of this.#waiting.values()) tell({ code: 'unavailable' });
    });
  }

  static async start(servers: Servers, settings: Readonly<Record<string, string>> = {}): Promise<NodeThere> {
    const env = { PATH: process.env['PATH'], SERVERS: JSON.stringify(servers), SETTINGS: JSON.stringify(settings) };
    const child = fork(join(import.meta.dirname, 'node-process.ts'), { env });
    await once(child, 'message');
    return new NodeThere(child);
  }

  async send(envelope: Envelope): Promise<Answer> {
    if (!this.#child.connected) throw unavailable('a process that is gone');
    const id = ++this.#sent;
    const { promise, resolve } = Promise.withResolvers<Omit<Said, 'id'>>();
    this.#waiting.set(id, resolve);
    const patience = setTimeout(() => resolve({ code: 'unavailable' }), PATIENCE_MS);
    this.#child.send({ id, envelope }, () => undefined);
    const { answer, code } = await promise;
    clearTimeout(patience);
    this.#waiting.delete(id);
    if (answer) return answer;
    throw unavailable(`an answer (${code})`);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** kill -9 */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
