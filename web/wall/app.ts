/** Wires the wall: session → board → signals. It only looks; nothing is done from here. */
import { computed, signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import type { BoardLive } from '../client/board-live.ts';
import { pause } from '../client/pause.ts';
import type { Me } from '../client/session.ts';
import { inOurLanguage } from '../text/names.ts';
import { catalog } from '../ui/catalog.ts';
import { pageClient } from '../ui/page-client.ts';
import { clock, now, tick } from '../ui/ticking.ts';
import { type Wall, wallOf } from './view.ts';

const andon = pageClient();
const { rest, session } = andon;

export const me = signal<Me | undefined | 'asking'>('asking');
export const site = signal<string | undefined>(undefined);
/** Code with which the server refused this board. */
export const refused = signal<string | undefined>(undefined);
/** Since when what is shown may be old, milliseconds since 1970; undefined = it is live. */
export const since = signal<number | undefined>(undefined);

const operators = signal<readonly Operator[]>([]);
const board = signal<BoardLive | undefined>(undefined);
/** Raised whenever the picture has changed. */
const drawn = signal(0);

/** undefined: not known yet. */
export const wall = computed<Wall | undefined>(() => {
  void drawn.value;
  const picture = board.value?.picture;
  if (picture === undefined || picture.position === undefined) return undefined;
  return wallOf({
    cards: [...picture.places.keys()].flatMap((order) => picture.shown(order) ?? []),
    people: picture.people,
    graceMs: picture.graceMs ?? GRACE_MS,
    usual: picture.usual,
    operators: operators.value,
    now: now.value,
  });
});

const GRACE_MS = 120_000;
const RETRY_MS = 3_000;
/** Who is on shift and how many slots somebody has changes a few times a day. */
const OPERATORS_MS = 15_000;

session.onChange = (next) => {
  me.value = next;
  if (next === undefined) {
    if (board.peek() !== undefined) location.reload();
    return;
  }
  void enter(next);
};

export const signIn = session.signIn.bind(session);
export const signOut = (): void => void session.signOut();

export function begin(): void {
  void session.resume();
}

async function enter(who: Me): Promise<void> {
  const known = await readCatalog();
  const where = new URLSearchParams(location.search).get('site') ?? who.site ?? known.sites[0]?.id;
  if (where === undefined || board.peek() !== undefined) return;
  site.value = where;
  const opened = andon.board(where);
  opened.onChange = drawSoon;
  opened.onState = (state, code) => {
    if (state === 'refused') refused.value = code ?? 'forbidden';
    isLive(state === 'live');
    drawSoon();
  };
  board.value = opened;
  void readOperators(where);
}

async function readCatalog(): Promise<Catalog> {
  for (;;) {
    const answer = await rest.get<Catalog>('/api/catalog').catch(() => undefined);
    if (answer !== undefined) {
      tick();
      const known = inOurLanguage(answer.body);
      catalog.value = known;
      return known;
    }
    await pause(RETRY_MS);
  }
}

async function readOperators(where: string): Promise<void> {
  for (;;) {
    const query = new URLSearchParams({ site: where, limit: '200' });
    const answer = await rest.get<{ items: readonly Operator[] }>(`/api/operators?${query}`).catch(() => undefined);
    if (answer !== undefined) operators.value = answer.body.items;
    await pause(OPERATORS_MS);
  }
}

const QUIET_MS = 2_000;
let cut: ReturnType<typeof setTimeout> | undefined;
/** What lasts no longer than a moment is not told. */
function isLive(live: boolean): void {
  if (live) {
    clearTimeout(cut);
    cut = undefined;
    since.value = undefined;
    return;
  }
  const at = clock.now();
  cut ??= setTimeout(() => {
    since.value = at;
  }, QUIET_MS);
}

/** Twice a second is often enough for eyes at three metres. */
const DRAW_MS = 500;
let drawing = false;
function drawSoon(): void {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    drawn.value += 1;
  }, DRAW_MS);
}
