/**
 * Questions of one event-loop tick asked together. Invariants: every question gets the answer at its own place; at most
 * `atOnce` are out, what comes meanwhile goes with the next; a failure fails the questions that were asked together,
 * but a question that the server can't take fails alone. The same question, asked before it went out, goes out once.
 */
import { unavailable } from '../errors.ts';
import { verdictOf } from './verdict.ts';

interface Open<Q, A> {
  readonly question: Q;
  readonly answer: Promise<A>;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

export interface GatherOptions<Q, A> {
  /** Answers in the order of the questions. */
  ask(questions: readonly Q[]): Promise<readonly A[]>;
  /** Most statements out at once. */
  readonly atOnce: number;
  /** Most questions in one. */
  readonly most: number;
  /** Questions of equal names are the same; without it no two are. */
  nameOf?(question: Q): string;
}

export class Gather<Q, A> {
  readonly #options: GatherOptions<Q, A>;
  /** By the name of the question, in the order asked. */
  readonly #open = new Map<string, Open<Q, A>>();
  #asked = 0;
  #out = 0;
  #scheduled = false;

  constructor(options: GatherOptions<Q, A>) {
    this.#options = options;
  }

  /** Throws `unavailable`. */
  ask(question: Q): Promise<A> {
    const name = this.#options.nameOf?.(question) ?? String(this.#asked++);
    const asked = this.#open.get(name);
    if (asked !== undefined) return asked.answer;
    const { promise: answer, resolve, reject } = Promise.withResolvers<A>();
    this.#open.set(name, { question, answer, resolve, reject });
    this.#schedule();
    return answer;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#open.size > 0 && this.#out < this.#options.atOnce) void this.#ask(this.#take());
    });
  }

  #take(): readonly Open<Q, A>[] {
    const together = [...this.#open].slice(0, this.#options.most);
    for (const [name] of together) this.#open.delete(name);
    return together.map(([, open]) => open);
  }

  async #ask(together: readonly Open<Q, A>[]): Promise<void> {
    this.#out++;
    await this.#answer(together);
    this.#out--;
    if (this.#open.size > 0) this.#schedule();
  }

  async #answer(together: readonly Open<Q, A>[]): Promise<void> {
    try {
      const answers = await this.#options.ask(together.map(({ question }) => question));
      for (const [i, { resolve }] of together.entries()) resolve(answers[i] as A);
    } catch (error) {
      if (together.length > 1 && verdictOf(error) === 'data') for (const one of together) await this.#answer([one]);
      else for (const { reject } of together) reject(unavailable('the log', error));
    }
  }
}
