/** Wires the shop: session, catalogue, one line for following orders. */
import { effect, signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { Line, type LineState } from '../client/line.ts';
import { codeOf } from '../client/problem.ts';
import { Rest } from '../client/rest.ts';
import { type Me, SessionKeeper } from '../client/session.ts';
import { clock, tick } from '../ui/ticking.ts';

export const rest = new Rest(clock);
export const session = new SessionKeeper(rest, clock);

/** undefined = signed out; `asking` until that is known. */
export const me = signal<Me | undefined | 'asking'>('asking');
export const catalog = signal<Catalog | undefined>(undefined);
/** Code of what kept the catalogue from us. */
export const catalogFault = signal<string | undefined>(undefined);
export const lineState = signal<LineState>('connecting');
export const lostSince = signal<number | undefined>(undefined);

/** The line lives as long as somebody is signed in. */
export const line = signal<Line | undefined>(undefined);

/** Staff that signs in here belongs to the board. */
const FLOOR: readonly string[] = ['operator', 'supervisor'];

/** Shorter breaks are nobody's business. */
const QUIET_MS = 2_000;

session.onChange = (next) => {
  const before = me.peek();
  if (next !== undefined && !next.roles.includes('buyer') && next.roles.some((role) => FLOOR.includes(role))) {
    location.assign('/board');
    return;
  }
  me.value = next;
  if (typeof before === 'object' && next === undefined) return location.reload();
  if (next !== undefined) connect();
};
session.onToken = (token) => void line.peek()?.renew(token);

export function begin(): void {
  void session.resume();
  void loadCatalog();
}

export async function loadCatalog(): Promise<void> {
  catalogFault.value = undefined;
  try {
    catalog.value = (await rest.get<Catalog>('/api/catalog')).body;
    tick();
  } catch (error) {
    catalogFault.value = codeOf(error);
  }
}

function connect(): void {
  const opened = new Line('/storefront');
  opened.onState = (state, why) => {
    lineState.value = state;
    if (state === 'refused' && why === 'unauthenticated') void session.renew();
  };
  opened.connect();
  line.value = opened;
}

let timer: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  const state = lineState.value;
  clearTimeout(timer);
  if (state === 'open') lostSince.value = undefined;
  else if (state !== 'connecting' && lostSince.peek() === undefined) {
    const since = clock.now();
    timer = setTimeout(() => (lostSince.value = since), QUIET_MS);
  }
});

export const materialName = (id: string): string =>
  catalog.value?.materials.find((material) => material.id === id)?.name ?? id;
export const finishName = (material: string, id: string): string =>
  catalog.value?.materials.find((one) => one.id === material)?.finishes.find((finish) => finish.id === id)?.name ?? id;
export const urgencyName = (id: string): string =>
  catalog.value?.urgencies.find((urgency) => urgency.id === id)?.name ?? id;
export const siteName = (id: string): string => catalog.value?.sites.find((site) => site.id === id)?.name ?? id;
