/** One after the other, per name, in the order in which they came; names do not wait for each other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(name: string, run: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    // Nothing is awaited where nobody is before.
    const turn = before === undefined ? run() : before.then(run, run);
    this.#last.set(name, turn);
    const done = (): void => {
      if (this.#last.get(name) === turn) this.#last.delete(name);
    };
    turn.then(done, done);
    return turn;
  }
}
