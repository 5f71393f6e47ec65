/**
 * Where each card of one list stands, from the heights of those that were drawn and a guess for the others: so that of
 * thousands only those in sight need be drawn. Pure; CSS pixels.
 */
export class Stack {
  readonly #guessed: number;
  readonly #heights = new Map<string, number>();
  #keys: readonly string[] = [];
  /** `#tops[n]`: of the card at n; one more than there are cards. */
  #tops = new Float64Array(1);
  #isStale = false;
  #guess: number;

  constructor(guess: number) {
    this.#guessed = guess;
    this.#guess = guess;
  }

  get keys(): readonly string[] {
    return this.#keys;
  }

  set keys(keys: readonly string[]) {
    this.#keys = keys;
    this.#isStale = true;
    if (this.#heights.size > 2 * keys.length + 200) this.#prune();
  }

  get height(): number {
    return this.topOf(this.#keys.length);
  }

  topOf(at: number): number {
    if (this.#isStale) this.#measure();
    return this.#tops[at] ?? 0;
  }

  /** The card at a height; the first or last where there is none. */
  at(y: number): number {
    if (this.#isStale) this.#measure();
    let low = 0;
    let high = this.#keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** How high a card was drawn; answers whether anything moves. */
  measured(key: string, height: number): boolean {
    if (this.#heights.get(key) === height) return false;
    this.#heights.set(key, height);
    if (this.#heights.size === GUESS_FROM) this.#guess = mean(this.#heights.values());
    this.#isStale = true;
    return true;
  }

  /** The page has another width or another size of text: nothing measured holds. */
  forget(): void {
    this.#heights.clear();
    this.#guess = this.#guessed;
    this.#isStale = true;
  }

  #measure(): void {
    const { length } = this.#keys;
    if (this.#tops.length !== length + 1) this.#tops = new Float64Array(length + 1);
    let top = 0;
    for (let at = 0; at < length; at++) {
      top += this.#heights.get(this.#keys[at] ?? '') ?? this.#guess;
      this.#tops[at + 1] = top;
    }
    this.#isStale = false;
  }

  #prune(): void {
    const known = new Set(this.#keys);
    for (const key of this.#heights.keys()) if (!known.has(key)) this.#heights.delete(key);
  }
}

/** From so many measured cards the height of the others is guessed, once, so that nothing wavers. */
const GUESS_FROM = 6;

function mean(values: Iterable<number>): number {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}
