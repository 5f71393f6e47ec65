/**
 * Questions of one event-loop tick asked together. Invariants: every question gets the answer at its own place; at most
 * `atOnce` are out, what comes meanwhile goes with the next; a failure fails the questions that were asked together,
 * but a question that the server can't take fails alone.
 */
import { unavailable } from '../errors.ts';
import { verdictOf } from './verdict.ts';

interface Open<Q, A> {
  readonly question: Q;
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
}

export class Gather<Q, A> {
  readonly #options: GatherOptions<Q, A>;
  #open: Open<Q, A>[] = [];
  #out = 0;
  #scheduled = false;

  constructor(options: GatherOptions<Q, A>) {
    this.#options = options;
  }

  /** Throws `unavailable`. */
  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#open.push({ question, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#open.length > 0 && this.#out < this.#options.atOnce) {
        void this.#ask(this.#open.splice(0, this.#options.most));
      }
    });
  }

  async #ask(together: readonly Open<Q, A>[]): Promise<void> {
    this.#out++;
    await this.#answer(together);
    this.#out--;
    if (this.#open.length > 0) this.#schedule();
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
