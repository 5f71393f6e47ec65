/**
 * Draws the cards in or near sight where they stand, and those that are selected or in use wherever they are: of
 * thousands some dozens are in the document. What is in sight stays there while cards elsewhere come and go.
 */
import { effect, signal } from '@preact/signals';
import type { Lane } from '../../gateways/contract/card.ts';
import { anchored, type Seen } from './anchor.ts';
import { Column, range, type Shelf } from './column.ts';
import { allDrawn, draw, drawnAs, erase, isDrawn, put, stand } from './drawn-cards.ts';
import { focusedKey, focusSoon, keepFocus, revealBy, selected } from './focus.ts';
import { LISTS, type ListName } from './lists.ts';
import { panel } from './panel.ts';
import { arranged, laneOf, listShowing, nearest, PARTS } from './sequence.ts';
import { hold, makeShown } from './shown.ts';
import { listWith } from './store.ts';
import { travelOf } from './travel.ts';

/** So far out of sight cards are drawn ahead, a few per frame; twice as far they stay. CSS pixels. */
const NEAR = 500;
const AHEAD_PER_FRAME = 4;

const hosts = new Map<ListName, HTMLUListElement>();
let columns: readonly Column[] = [];
/** Every list has its place on the page. */
const mounted = signal(false);

export function hostOf(name: ListName): (element: HTMLUListElement | null) => void {
  return (element) => {
    if (element === null) hosts.delete(name);
    else hosts.set(name, element);
    mounted.value = hosts.size === LISTS.length;
  };
}

const sizes = new ResizeObserver((entries) => {
  const seen = columns.map((column) => column.seen());
  let moved = false;
  for (const { target, borderBoxSize } of entries) {
    const key = (target as HTMLElement).dataset['key'];
    const drawn = key === undefined ? undefined : drawnAs(key);
    if (key === undefined || drawn?.element !== target) continue;
    const stack = shelfOf(drawn.list)?.stack;
    if (stack?.measured(key, borderBoxSize[0]?.blockSize ?? 0)) moved = true;
  }
  if (moved) layOut(columns, seen);
});

const shelfOf = (name: ListName): Shelf | undefined => {
  for (const { shelves } of columns) for (const shelf of shelves) if (shelf.name === name) return shelf;
  return undefined;
};

/** Another width makes other heights. */
const widths = new Map<Element, number>();
const frames = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const column = columns.find(({ scroller }) => scroller === target);
    if (column === undefined) continue;
    column.resized();
    const known = widths.get(target);
    widths.set(target, contentRect.width);
    if (known === undefined || known === contentRect.width) continue;
    for (const { stack } of column.shelves) stack.forget();
    for (const [key, { element, list }] of allDrawn())
      if (laneOf(list) === column.lane) shelfOf(list)?.stack.measured(key, element.getBoundingClientRect().height);
  }
  layOut(columns);
});

function mount(): void {
  frames.disconnect();
  columns = (Object.keys(PARTS) as Lane[]).flatMap((lane) => {
    const own = PARTS[lane].flatMap((name) => {
      const host = hosts.get(name);
      return host === undefined ? [] : [[name, host] as const];
    });
    const scroller = own[0]?.[1].parentElement;
    return scroller ? [new Column(lane, scroller, own)] : [];
  });
  for (const column of columns) {
    column.scroller.addEventListener('scroll', () => layOut([column]), { passive: true });
    frames.observe(column.scroller);
  }
}

/** What is shown has changed. */
function place(): void {
  const seen = columns.map((column) => column.seen());
  const movers = [...allDrawn()].filter(([key, { list }]) => (listWith(key) ?? list) !== list);
  const arrive = travelOf(movers.flatMap(([, { element }]) => element.firstElementChild ?? []));
  keepSelection();
  for (const { shelves } of columns) for (const { name, stack } of shelves) stack.keys = arranged[name].peek().shown;
  layOut(columns, seen);
  keepFocus();
  letGo();
  arrive();
}

/** When what was selected is shown no longer, the card next to it is. Before the lists are put together anew. */
function keepSelection(): void {
  const chosen = selected.peek();
  if (chosen !== undefined && listShowing(chosen) !== undefined) return;
  const lane = columns.find(({ shelves }) => shelves.some(({ stack }) => stack.keys.includes(chosen ?? '')));
  const before = lane?.shelves.flatMap(({ stack }) => stack.keys) ?? [];
  const next = chosen && nearest(before, chosen, (key) => listShowing(key) !== undefined);
  if (chosen !== undefined && focusedKey() === chosen) focusSoon(next);
  selected.value = next ?? LISTS.map((name) => arranged[name].peek().shown[0]).find((key) => key !== undefined);
}

/** `seen`: what was in sight of each column, and is to stay there. */
function layOut(those: readonly Column[], seen?: readonly (readonly Seen[])[]): void {
  const kept = new Set([selected.peek(), focusedKey(), panel.peek()?.order]);
  let ahead = AHEAD_PER_FRAME;
  const plans = those.map((column, at) => {
    column.grow();
    const y = scrolled(column, seen?.[at]);
    return {
      column,
      y,
      wanted: column.shelves.map((shelf) => {
        const chosen = choose(column, shelf, y, kept, ahead);
        ahead -= chosen.ahead;
        return chosen.indexes;
      }),
    };
  });
  const wanted = new Set(
    plans.flatMap(({ column, wanted }) =>
      column.shelves.flatMap(({ stack }, at) => (wanted[at] ?? []).map((index) => stack.keys[index])),
    ),
  );
  for (const [key, { list }] of allDrawn())
    if (!wanted.has(key) && (those.length === columns.length || those.some(({ lane }) => lane === laneOf(list))))
      erase(key, sizes);
  for (const { column, y, wanted } of plans) {
    for (const [at, shelf] of column.shelves.entries()) fill(shelf, wanted[at] ?? []);
    if (y !== undefined) column.scroller.scrollTop = y;
  }
  if (ahead <= 0) soon();
}

/** Where the lane must be scrolled to for what is in sight to stay; undefined: nowhere else. */
function scrolled(column: Column, seen: readonly Seen[] | undefined): number | undefined {
  if (seen === undefined || seen.length === 0) return undefined;
  const y = anchored(seen, (key) => column.topOf(key), focusedKey());
  return y === undefined || Math.abs(y - column.scroller.scrollTop) < 0.5 ? undefined : Math.max(0, y);
}

/** Which cards of a list are to be drawn, by their places; `ahead`: how many of them are new and not in sight yet. */
function choose(
  { scroller, height }: Column,
  { stack, base }: Shelf,
  scrollTo: number | undefined,
  kept: ReadonlySet<string | undefined>,
  most: number,
): { readonly indexes: readonly number[]; readonly ahead: number } {
  const top = (scrollTo ?? scroller.scrollTop) - base;
  const [first, last] = range(stack, top, top + height);
  const [near, nearEnd] = range(stack, top - NEAR, top + height + NEAR);
  const [far, farEnd] = range(stack, top - 2 * NEAR, top + height + 2 * NEAR);
  const indexes: number[] = [];
  let ahead = 0;
  for (let at = far; at < farEnd; at++) {
    const key = stack.keys[at] ?? '';
    const inSight = at >= first && at < last;
    if (!inSight && !isDrawn(key)) {
      if (at < near || at >= nearEnd || ahead >= most) continue;
      ahead += 1;
    }
    indexes.push(at);
  }
  for (const key of kept) {
    const at = key === undefined ? -1 : stack.keys.indexOf(key);
    if (at >= 0 && (at < far || at >= farEnd)) indexes.push(at);
    else if (at >= 0 && !indexes.includes(at)) indexes.push(at);
  }
  return { indexes: indexes.sort((a, b) => a - b), ahead };
}

function fill({ name, host, stack }: Shelf, indexes: readonly number[]): void {
  const staying = new Set(indexes.map((at) => stack.keys[at]));
  // Who is about to leave for another list stands in nobody's way.
  const stayer = (from: Element | null): Element | null => {
    let one = from;
    while (one instanceof HTMLElement && !staying.has(one.dataset['key'])) one = one.nextElementSibling;
    return one;
  };
  let next = stayer(host.firstElementChild);
  for (const at of indexes) {
    const drawn = draw(stack.keys[at] ?? '', name, sizes);
    stand(drawn, stack.topOf(at), at + 1, stack.keys.length);
    if (drawn.element === next) next = stayer(next.nextElementSibling);
    else put(host, drawn.element, next);
  }
}

let isSoon = false;
/** The rest of what is near, in the next frame. */
function soon(): void {
  if (isSoon) return;
  isSoon = true;
  requestAnimationFrame(() => {
    isSoon = false;
    layOut(columns);
  });
}

/** Titles of the lane have come or gone. */
export function settle(lane: Lane): void {
  const column = columns.find((one) => one.lane === lane);
  if (column === undefined) return;
  const seen = column.seen();
  column.rebase();
  layOut([column], [seen]);
}

/** A card that moves takes the focus along, of which the lane it left hears nothing. */
function letGo(): void {
  for (const [name, host] of hosts) {
    const within = host.closest('[data-lane]')?.contains(document.activeElement) === true;
    hold(name, 'focus', within);
  }
}

/** The card a screenful further, or back. */
export function pageFrom(key: string, by: 1 | -1): string | undefined {
  const name = listShowing(key);
  const column = name && columns.find(({ lane }) => lane === laneOf(name));
  return column?.keyBeyond(key, by * Math.max(0, column.height - 60));
}

revealBy((key) => {
  const unhidden = makeShown(key);
  if (!isDrawn(key)) layOut(columns);
  return unhidden;
});

effect(() => {
  if (!mounted.value) return;
  mount();
});
effect(() => {
  for (const name of LISTS) void arranged[name].value;
  if (mounted.value) place();
});
