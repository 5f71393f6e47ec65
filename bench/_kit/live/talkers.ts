/** Clients that send commands at their leisure and note how long each answer takes: those whom a flood must not reach. */
import { randomUUID } from 'node:crypto';
import { quantile } from '../figures.ts';
import { LeanSocket } from '../lean-socket.ts';
import { atRate } from './at-rate.ts';

export interface Talker {
  readonly token: string;
  readonly order: string;
}

export interface Talked {
  readonly commands: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers other than yes. */
  readonly refused: number;
}

interface Line {
  readonly line: LeanSocket;
  readonly order: string;
}

/** From 0 to 3; each change must differ from the one before. */
const PRIORITIES = 4;

export class Talkers {
  readonly #lines: readonly Line[];
  #sent = 0;

  private constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  static async open(url: string, talkers: readonly Talker[]): Promise<Talkers> {
    const open = async ({ token, order }: Talker) => ({ order, line: await LeanSocket.open(url, '/mes', { token }) });
    return new Talkers(await Promise.all(talkers.map(open)));
  }

  /** `perSecond`: of all together. */
  async talk(perSecond: number, ms: number): Promise<Talked> {
    const times: number[] = [];
    let refused = 0;
    await atRate(perSecond, ms, async () => {
      const n = this.#sent++;
      const { line, order } = this.#lines[n % this.#lines.length] ?? {};
      const priority = (Math.floor(n / this.#lines.length) + 1) % PRIORITIES;
      const begun = performance.now();
      const answer = await line?.ask('command', { order, type: 'set-priority', priority, key: randomUUID() });
      times.push(performance.now() - begun);
      if (answer?.startsWith('{"ok":true') !== true) refused += 1;
    });
    return { commands: times.length, p50: quantile(times, 0.5), p99: quantile(times, 0.99), refused };
  }

  close(): void {
    for (const { line } of this.#lines) line.close();
  }
}
