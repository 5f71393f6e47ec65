/**
 * What sockets were told, and when. Sockets at one node that watch the same are told the same bytes, so each push is read
 * once and from then on only recognised: one process keeps up with thousands of sockets.
 */
import type { Told, Way } from './ways.ts';

export interface Push extends Told {
  /** When each socket had it. */
  readonly times: number[];
}

/** Within so many bytes stands what no two pushes have in common: positions, or order and version. */
const TELLING = 256;

/** Sockets at one node that watch the same. */
export class Group {
  /** Board or order. */
  readonly about: string;
  readonly #way: Way;
  readonly #known = new Map<string, Push>();
  sockets = 0;

  constructor(way: Way, about: string) {
    this.#way = way;
    this.about = about;
  }

  get pushes(): readonly Push[] {
    return [...this.#known.values()];
  }

  /** Undefined: nothing of a change. */
  take(body: Buffer, at: number): Push | undefined {
    const start = body.toString('latin1', 0, TELLING);
    const push = this.#known.get(start) ?? this.#read(body, start);
    push?.times.push(at);
    return push;
  }

  forget(): void {
    this.#known.clear();
  }

  #read(body: Buffer, start: string): Push | undefined {
    const told = this.#way.told(body);
    if (told === undefined) return undefined;
    const push = { ...told, times: [] };
    this.#known.set(start, push);
    return push;
  }
}
