/** Wires the console: session, catalogue, one line for orders and one for what is said to me. */
import { computed, signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { leadsTo } from '../client/home.ts';
import type { Line } from '../client/line.ts';
import { pause } from '../client/pause.ts';
import type { Me } from '../client/session.ts';
import { onYou } from '../client/you.ts';
import { inOurLanguage } from '../text/names.ts';
import { catalog } from '../ui/catalog.ts';
import { startAnew } from '../ui/leaving.ts';
import { lineState } from '../ui/line-state.ts';
import { pageClient } from '../ui/page-client.ts';
import { tick } from '../ui/ticking.ts';
import { route } from './route.ts';
import { type Section, sectionsFor, shownAt, type View } from './view.ts';

const andon = pageClient();
export const { rest, session } = andon;

/** undefined = signed out; `asking` until that is known. */
export const me = signal<Me | undefined | 'asking'>('asking');
export const roles = computed<readonly string[]>(() => (typeof me.value === 'object' ? me.value.roles : []));
export const section = computed<Section>(() => shownAt(route.value, roles.value).section);
/** Which orders are listed, where they are. */
export const view = computed<View>(() => shownAt(route.value, roles.value).view);
/** The site that is looked at, for who may look at several; undefined = all. */
export const site = signal<string | undefined>(undefined);
/** Sites this person may look at. */
export const sitesHere = computed(() => {
  const own = typeof me.value === 'object' ? me.value.site : undefined;
  const all = catalog.value?.sites ?? [];
  return own === undefined ? all : all.filter(({ id }) => id === own);
});
/** Is there anything here for this person? */
export const isForMe = computed(() => sectionsFor(roles.value).length > 0);
/** Follows the order on screen. */
export const line = signal<Line | undefined>(undefined);
/** The newest that was said to me. */
export const notice = signal<{ readonly order: string; readonly kind: string } | undefined>(undefined);

const RETRY_MS = 3_000;

session.onChange = (next) => {
  const elsewhere = next && leadsTo('/console', next.roles);
  if (elsewhere !== undefined) return location.assign(elsewhere);
  const before = me.peek();
  me.value = next;
  if (typeof before === 'object' && next === undefined) return startAnew();
  if (next !== undefined) connect();
};

export function begin(): void {
  void session.resume();
  void loadCatalog();
}

/** Names for what orders carry as ids; the page does not wait for them. */
async function loadCatalog(): Promise<void> {
  while (catalog.peek() === undefined) {
    try {
      catalog.value = inOurLanguage((await rest.get<Catalog>('/api/catalog')).body);
      tick();
    } catch {
      await pause(RETRY_MS);
    }
  }
}

function connect(): void {
  const orders = andon.line('/storefront');
  orders.onState((state) => {
    lineState.value = state;
  });
  // Where I am told what is for me.
  onYou(andon.line('/mes'), ({ order, kind }) => {
    notice.value = { order, kind };
  });
  line.value = orders;
}
