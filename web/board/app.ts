/** Wires the board page: session → line → board and commands; pictures into signals. */
import { effect, untracked } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import type { BoardLive } from '../client/board-live.ts';
import type { BoardPicture } from '../client/board-picture.ts';
import type { Commands } from '../client/commands.ts';
import { leadsTo } from '../client/home.ts';
import { pause } from '../client/pause.ts';
import type { Me } from '../client/session.ts';
import { onYou } from '../client/you.ts';
import { inOurLanguage } from '../text/names.ts';
import { guardLeaving, startAnew } from '../ui/leaving.ts';
import { tick } from '../ui/ticking.ts';
import { markMoved } from './card-notes.ts';
import { begun, boardIs, isShown, lags, lineIs, unanswered } from './connection.ts';
import { onMoves } from './moves.ts';
import { hearNotice } from './notices.ts';
import { graceMs, grouping, people } from './presence.ts';
import { andon, rest, session } from './session.ts';
import { everyCard, regroup, takeOver } from './store.ts';
import { withoutTravel } from './travel.ts';
import { usual } from './usual.ts';
import { catalog, me, myId, operator, sessionOver, site } from './who.ts';

interface Floor {
  readonly board: BoardLive;
  readonly commands: Commands;
}
let floor: Floor | undefined;

guardLeaving(() => unanswered.peek() > 0);

/** What is open while somebody is signed in and has a board. */
export const onFloor = (): Floor | undefined => floor;

session.onChange = (next) => {
  if (next === undefined && floor !== undefined && !session.signedOut) {
    sessionOver.value = true; // nothing that was typed is lost
    return;
  }
  const page = next && leadsTo('/board', next.roles);
  if (page !== undefined) {
    location.assign(page);
    return;
  }
  if (floor !== undefined && next?.id !== myId()) {
    leave();
    return;
  }
  sessionOver.value = false;
  me.value = next;
  if (next === undefined) leave();
  else void enter(next);
};

export function begin(): void {
  void session.resume();
}

async function enter(who: Me): Promise<void> {
  const loading = loadCatalog();
  const asked = who.site ?? new URLSearchParams(location.search).get('site');
  const where = asked ?? (await loading).sites[0]?.id;
  if (where === undefined || me.value !== who || floor !== undefined) return;
  site.value = where;
  open(where);
}

const RETRY_MS = 3_000;

/** Names for what cards carry as ids; the board does not wait for them. */
async function loadCatalog(): Promise<Catalog> {
  for (;;) {
    try {
      const known = inOurLanguage((await rest.get<Catalog>('/api/catalog')).body);
      catalog.value = known;
      tick();
      return known;
    } catch {
      await pause(RETRY_MS);
    }
  }
}

function open(where: string): void {
  const line = andon.line('/mes');
  const board = andon.board(where);
  const { commands } = andon;
  floor = { board, commands };
  line.onState((state, why) => {
    lineIs(state);
    if (state === 'open') void readOperator();
    if (state === 'refused' && why !== 'unauthenticated') boardIs('refused', why);
  });
  board.onState = (state, code) => {
    if (state === 'opening') missed = true;
    boardIs(state, code);
  };
  board.onChange = () => drawSoon(() => show(board));
  onYou(line, hearNotice);
  commands.onUnanswered = (count) => {
    unanswered.value = count;
  };
}

/** The line was lost: what has changed since nobody saw happen, so it is there at once, and marked. */
let missed = false;

/** After another session it is taken anew: the last one stays until the new one is whole. */
let pictured: BoardPicture | undefined;

function show({ picture }: BoardLive): void {
  const anew = picture !== pictured && begun.peek();
  if (anew && !isShown()) return;
  pictured = picture;
  if (people.peek() !== picture.people) people.value = picture.people;
  if (usual.peek() !== picture.usual) usual.value = picture.usual;
  if (picture.graceMs !== undefined) graceMs.value = picture.graceMs;
  const by = untracked(grouping);
  const known = anew ? Array.from(everyCard(), ({ order }) => order) : [];
  if (missed && begun.peek()) markMoved(...withoutTravel(() => takeOver(picture, by, onMoves, known)));
  else takeOver(picture, by, onMoves);
  lags(picture.isLive ? undefined : Math.max(1, Math.ceil(picture.behind.stale ?? 0)));
  if (!isShown()) return;
  missed = false;
  begun.value = true;
}

/** What an answer brought needs no frame. */
export function showNow(): void {
  if (floor !== undefined && typeof me.peek() === 'object') show(floor.board);
}

effect(() => regroup(grouping()));

let drawing = false;
/** Once per animation frame; a hidden page has none, so a timer stands by. */
function drawSoon(draw: () => void): void {
  if (drawing) return;
  drawing = true;
  const now = (): void => {
    if (!drawing) return;
    drawing = false;
    draw();
  };
  requestAnimationFrame(now);
  setTimeout(now, 100);
}

/** My own shift, limit and skills; what is known stays when nobody answers. */
export async function readOperator(): Promise<void> {
  const who = me.peek();
  if (typeof who !== 'object' || !who.roles.includes('operator')) return;
  const found = await readOperators().catch(() => undefined);
  if (found !== undefined) operator.value = found.find((one) => one.id === who.id);
}

/** All operators of the site, page by page. */
export async function readOperators(): Promise<readonly Operator[]> {
  const found: Operator[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = new URLSearchParams({ site: site.peek() ?? '', limit: '200', ...(cursor && { cursor }) });
    const { body } = await rest.get<{ items: readonly Operator[]; next: string | null }>(`/api/operators?${query}`);
    found.push(...body.items);
    cursor = body.next;
  }
  return found;
}

/** Nothing of one person's page is left for the next. */
function leave(): void {
  if (floor === undefined) return;
  andon.close();
  startAnew();
}
