/** One lane as it is scrolled: its lists below each other, each with the heights of its cards. */
import type { Lane } from '../../gateways/contract/card.ts';
import type { Seen } from './anchor.ts';
import type { ListName } from './lists.ts';
import { Stack } from './stack.ts';

/** Of cards never drawn, until some of the list have been. */
const GUESS: Readonly<Record<'plain' | 'slim', number>> = { plain: 124, slim: 70 };

export interface Shelf {
  readonly name: ListName;
  readonly host: HTMLUListElement;
  readonly stack: Stack;
  /** From the top of all that the lane holds, CSS pixels. */
  base: number;
  height: number;
}

export class Column {
  readonly lane: Lane;
  readonly scroller: HTMLElement;
  readonly shelves: readonly Shelf[];
  #height = 0;

  constructor(lane: Lane, scroller: HTMLElement, hosts: readonly (readonly [ListName, HTMLUListElement])[]) {
    this.lane = lane;
    this.scroller = scroller;
    this.shelves = hosts.map(([name, host]) => {
      const stack = new Stack(GUESS[name === 'others' || name === 'made' ? 'slim' : 'plain']);
      return { name, host, stack, base: host.offsetTop, height: 0 };
    });
    this.resized();
  }

  /** Of what is in sight. */
  get height(): number {
    return this.#height;
  }

  resized(): void {
    this.#height = this.scroller.clientHeight;
  }

  /** Titles have come or gone. */
  rebase(): void {
    for (const shelf of this.shelves) shelf.base = shelf.host.offsetTop;
  }

  /** The lists have other heights than they were drawn with: those below stand elsewhere. */
  grow(): void {
    let by = 0;
    for (const shelf of this.shelves) {
      shelf.base += by;
      const { height } = shelf.stack;
      if (height === shelf.height) continue;
      by += height - shelf.height;
      shelf.height = height;
      shelf.host.style.height = `${height}px`;
    }
  }

  /** From top to bottom what is in sight; nothing while the lane stands at its top, where new cards are to be seen. */
  seen(): readonly Seen[] {
    const { scrollTop } = this.scroller;
    if (scrollTop <= 0) return [];
    return this.shelves.flatMap(({ stack, base }) => {
      const [first, last] = range(stack, scrollTop - base, scrollTop - base + this.#height);
      return stack.keys.slice(first, last).map((key, at) => ({ key, y: base + stack.topOf(first + at) - scrollTop }));
    });
  }

  /** From the top of all. */
  topOf(key: string): number | undefined {
    for (const { stack, base } of this.shelves) {
      const at = stack.keys.indexOf(key);
      if (at >= 0) return base + stack.topOf(at);
    }
    return undefined;
  }

  /** The card that stands so far from another. */
  keyBeyond(key: string, distance: number): string | undefined {
    const from = this.topOf(key);
    if (from === undefined) return undefined;
    const y = from + distance;
    const filled = this.shelves.filter(({ stack }) => stack.keys.length > 0);
    const shelf = filled.findLast(({ base }) => base <= y) ?? filled[0];
    return shelf?.stack.keys[shelf.stack.at(y - shelf.base)];
  }
}

/** Cards that touch what lies between two heights of their list: from the first to before the last. */
export function range(stack: Stack, from: number, to: number): readonly [first: number, last: number] {
  if (stack.keys.length === 0 || to < 0 || from > stack.height) return [0, 0];
  return [stack.at(from), stack.at(to) + 1];
}
