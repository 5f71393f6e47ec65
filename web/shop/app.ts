/** Wires the shop: session, catalogue, one line for following orders. A guest with a link has no session and needs none. */
import { signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { leadsTo } from '../client/home.ts';
import type { Line } from '../client/line.ts';
import { codeOf } from '../client/problem.ts';
import type { Me } from '../client/session.ts';
import { inOurLanguage } from '../text/names.ts';
import { catalog } from '../ui/catalog.ts';
import { lineState } from '../ui/line-state.ts';
import { pageClient } from '../ui/page-client.ts';
import { tick } from '../ui/ticking.ts';
import { GUEST } from './route.ts';

const andon = pageClient();
export const { rest, session } = andon;

/** undefined = signed out; `asking` until that is known. */
export const me = signal<Me | undefined | 'asking'>('asking');
/** Code of what kept the catalogue from us. */
export const catalogFault = signal<string | undefined>(undefined);

/** The line lives as long as somebody is signed in, or looks by a link. */
export const line = signal<Line | undefined>(undefined);

session.onChange = (next) => {
  const before = me.peek();
  const elsewhere = next && leadsTo('/', next.roles);
  if (elsewhere !== undefined) return location.assign(elsewhere);
  me.value = next;
  if (typeof before === 'object' && next === undefined) return location.reload();
  if (next !== undefined) connect();
};

export function begin(): void {
  if (GUEST) connect();
  else void session.resume();
  void loadCatalog();
}

export async function loadCatalog(): Promise<void> {
  catalogFault.value = undefined;
  try {
    catalog.value = inOurLanguage((await rest.get<Catalog>('/api/catalog')).body);
    tick();
  } catch (error) {
    catalogFault.value = codeOf(error);
  }
}

function connect(): void {
  const opened = andon.line('/storefront');
  opened.onState((state) => {
    lineState.value = state;
  });
  line.value = opened;
}
