/** A sequence that is read once, as far as the fastest reader has come, for many readers at their own speed. */
export class SharedSequence<T> {
  readonly #source: AsyncIterator<T>;
  readonly #read: T[] = [];
  #reading: Promise<void> | undefined;
  #ended = false;

  constructor(source: AsyncIterable<T>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** undefined = it ended before. Rejects for all once the source has failed. */
  async at(index: number): Promise<T | undefined> {
    while (index >= this.#read.length && !this.#ended) {
      this.#reading ??= this.#pull();
      await this.#reading;
    }
    return this.#read[index];
  }

  async #pull(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done === true) this.#ended = true;
    else this.#read.push(value);
    this.#reading = undefined;
  }
}
