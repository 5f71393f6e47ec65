/**
 * Puts card elements where they belong. An element is made once per card and moves between lanes with what it holds
 * (focus, text selection): its own small tree is drawn into it, the lists only say its place.
 */
import { effect, signal } from '@preact/signals';
import { h, render } from 'preact';
import { CardView } from './card-view.tsx';
import { keepFocus, selected } from './focus.ts';
import { LISTS, type ListName } from './lists.ts';
import { hold, limits, shown } from './shown.ts';

const elements = new Map<string, HTMLLIElement>();
const hosts = new Map<ListName, HTMLUListElement>();
/** Every list has its place on the page. */
const mounted = signal(false);

/** Chromium moves without losing focus; elsewhere the focus is given back afterwards. */
type Movable = Node & { moveBefore?: (node: Node, before: Node | null) => void };

export function hostOf(name: ListName): (element: HTMLUListElement | null) => void {
  return (element) => {
    if (element === null) hosts.delete(name);
    else hosts.set(name, element);
    mounted.value = hosts.size === LISTS.length;
  };
}

function elementOf(key: string): HTMLLIElement {
  let element = elements.get(key);
  if (element === undefined) {
    element = document.createElement('li');
    element.dataset['key'] = key;
    elements.set(key, element);
    render(h(CardView, { id: key }), element);
  }
  return element;
}

function put(host: Movable, element: HTMLElement, before: Node | null): void {
  if (host.moveBefore !== undefined && element.isConnected) host.moveBefore(element, before);
  else host.insertBefore(element, before);
}

function place(): void {
  const live = new Set<string>();
  let first: string | undefined;
  for (const name of LISTS) {
    const keys = shown[name].arranged.value.shown.slice(0, limits[name].value);
    const host = hosts.get(name);
    let next = host?.firstChild ?? null;
    for (const key of keys) {
      first ??= key;
      live.add(key);
      const element = elementOf(key);
      if (element === next) next = next.nextSibling;
      else if (host !== undefined) put(host, element, next);
    }
  }
  for (const [key, element] of elements) {
    if (live.has(key)) continue;
    elements.delete(key);
    render(null, element);
    element.remove();
  }
  const chosen = selected.peek();
  if (chosen === undefined || !live.has(chosen)) selected.value = first;
  keepFocus();
  letGo();
}

/** A card that moves takes the focus along, of which the lane it left hears nothing. */
function letGo(): void {
  for (const [name, host] of hosts) {
    const within = host.closest('[data-lane]')?.contains(document.activeElement) === true;
    hold(name, 'focus', within);
  }
}

effect(() => {
  if (mounted.value) place();
});
