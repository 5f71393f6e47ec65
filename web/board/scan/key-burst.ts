/**
 * Tells a scanner from a person by speed and its Enter. Pure: keys in, with the moment they were pressed; out comes what they
 * are. The first key of a scan looks like anybody's, so a key waits until it is known that no other follows at once.
 */

/** Milliseconds between two keys under which no hand types them one after the other. */
export const GAP_MS = 35;
/** So many keys make a scan; fewer are two fingers at once. */
const LEAST = 4;
/** A scanner may stumble, over the air or before its Enter: what is known to be a scan is waited for so long. */
export const STUMBLE_MS = 300;

export class KeyBurst<Key> {
  readonly #keys: { readonly key: Key; readonly text: string }[] = [];
  #last = Number.NEGATIVE_INFINITY;

  /** A key that writes something. Answers with those before it that no scan has claimed. */
  key(key: Key, text: string, at: number): Key[] {
    const before = this.isUnderWay(at) ? [] : this.settle();
    this.#keys.push({ key, text });
    this.#last = at;
    return before;
  }

  /** The last key was pressed just now. */
  isUnderWay(at: number): boolean {
    return at - this.#last < this.patience;
  }

  /** So many milliseconds after its last key nothing belongs to it any more. */
  get patience(): number {
    return this.#isScan ? STUMBLE_MS : GAP_MS;
  }

  get #isScan(): boolean {
    return this.#keys.length >= LEAST;
  }

  /** Enter: what was scanned, or the keys that were pressed before it by hand. */
  enter(at: number): { readonly scan: string } | { readonly keys: Key[] } {
    if (!this.#isScan || !this.isUnderWay(at)) return { keys: this.settle() };
    return {
      scan: this.#keys
        .splice(0)
        .map(({ text }) => text)
        .join(''),
    };
  }

  /** Nothing has followed: keys pressed by hand. Of a scan that broke off none acts. */
  settle(): Key[] {
    const hands = this.#isScan ? [] : this.#keys.map(({ key }) => key);
    this.#keys.length = 0;
    return hands;
  }
}
