/**
 * What was said to me alone, until it is over or put away. A notice only says *look*: what it says is read from the card,
 * or, of an order that is no longer mine, from its story.
 */
import { effect, signal } from '@preact/signals';
import type { Card } from '../../gateways/contract/card.ts';
import type { You } from '../../gateways/contract/live.ts';
import type { Timeline, TimelineItem } from '../../gateways/contract/timeline.ts';
import { actText } from '../text/acts.ts';
import { say } from '../ui/announce.tsx';
import { clock } from '../ui/ticking.ts';
import { standingOffer } from './actions.ts';
import { rest } from './session.ts';
import { sound } from './sound.ts';
import { cardOf, drawn } from './store.ts';
import { myId, reasonName } from './who.ts';

export interface Notice {
  readonly you: You;
  /** Number of the order, when it was last seen. */
  readonly number: string | undefined;
  /** Why it is no longer mine; undefined = not known yet. */
  readonly why?: string;
}

const MOST = 5;
export const notices = signal<readonly Notice[]>([]);

const same = (a: You, b: You): boolean => a.kind === b.kind && a.order === b.order && a.version === b.version;

export function hearNotice(you: You): void {
  if (notices.peek().some((notice) => same(notice.you, you))) return;
  // One line per order: what is newer takes the place of what is older.
  const others = notices.peek().filter((notice) => notice.you.order !== you.order);
  const number = cardOf(you.order)?.peek().number;
  notices.value = [...others, { you, number }].slice(-MOST);
  settle();
  if (you.kind === 'released') void tellWhy(you);
}

export function putAway(you: You): void {
  notices.value = notices.peek().filter((notice) => !same(notice.you, you));
}

function change(you: You, more: Partial<Notice>): void {
  notices.value = notices.peek().map((notice) => (same(notice.you, you) ? { ...notice, ...more } : notice));
}

/** Does the board still say what the notice said? It may not have come to it yet; what was seen and has left is over. */
function stands({ you: { kind, version }, number }: Notice, card: Card | undefined, now: number): boolean {
  if (card === undefined) return kind === 'released' || number === undefined;
  if (card.version < version) return true;
  if (kind === 'released') return card.capture?.operator.id !== myId();
  return kind === 'cancel_requested' ? card.cancellation !== null : standingOffer(card, now)?.to.id === myId();
}

/** What is over goes by itself; an offer is said aloud once its card tells whose it is. */
const said = new Set<string>();
function settle(): void {
  for (const notice of notices.peek()) {
    const { you, number } = notice;
    const card = cardOf(you.order)?.peek();
    if (!stands(notice, card, clock.now())) putAway(you);
    else if (card !== undefined && number === undefined) change(you, { number: card.number });
    const from = card?.handOver?.by.name;
    const once = `${you.order} ${you.version}`;
    if (you.kind !== 'hand_over' || card === undefined || from === undefined || said.has(once)) continue;
    said.add(once);
    sound('offer');
    say(`${actText.notices.offered(from, card.number)}.`);
  }
}
effect(() => {
  drawn.value;
  settle();
});

async function tellWhy(you: You): Promise<void> {
  const answer = await rest.get<Timeline>(`/api/orders/${you.order}/timeline`).catch(() => undefined);
  const item = answer?.body.items.find(({ version, type }) => version === you.version && LOST.includes(type));
  const why = item === undefined ? actText.notices.why.unknown : whyOf(item);
  change(you, { why });
  const number = notices.peek().find((notice) => same(notice.you, you))?.number ?? actText.notices.anOrder;
  say(`${actText.notices.released(number)}. ${why}.`);
}

const LOST: readonly string[] = ['released', 'handed-over', 'cancelled', 'reworked', 'moved'];

function whyOf({ type, by, reason }: TimelineItem): string {
  const words = actText.notices.why;
  const name = by.name ?? actText.notices.somebody;
  if (type === 'handed-over') return words.handedOver(name);
  if (type === 'cancelled') return words.cancelled;
  if (reason === 'absent' || reason === 'let-go') return words[reason];
  return words.moved(name, reason === undefined || reason === 'forced' ? undefined : reasonName(reason));
}
