/** A few at once; the others wait for a place in the order they came. */
export type Leave = () => void;

export class FewAtOnce {
  #free: number;
  readonly #waiting: ((leave: Leave) => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  /** undefined = all places are taken. */
  tryEnter(): Leave | undefined {
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    return this.#place();
  }

  enter(): Promise<Leave> {
    const leave = this.tryEnter();
    return leave === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(leave);
  }

  /** Left twice it is left once. */
  #place(): Leave {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next(this.#place());
    };
  }
}
