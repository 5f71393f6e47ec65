/** A refusal in people's words: what happened and one way on. The code stays in the band's title. */
import type { Card } from '../../gateways/contract/card.ts';
import type { Nack } from '../../gateways/contract/live.ts';
import { actText } from '../text/acts.ts';
import { problemText } from '../text/common.ts';
import { timeOfDay } from '../text/format.ts';
import { refusedText as text } from '../text/refused.ts';
import type { ActionType } from './actions.ts';
import type { Band } from './card-notes.ts';
import { digits, lostBand, sinceOf } from './lost-band.ts';
import { cardsIn } from './store.ts';

const held = (value: unknown): { id: string; name: string } | undefined =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value
    ? (value as { id: string; name: string })
    : undefined;

export function refusalBand(card: Card, action: ActionType, nack: Nack, askedAt: number): Band {
  const holder = held(nack['holder'])?.name;
  const since = sinceOf(nack);
  if (nack.code === 'already_captured' && action === 'capture' && holder !== undefined)
    return lostBand(card, holder, since, askedAt);
  const [title, detail, tone = 'warn'] = words(action, nack, holder, since);
  const oldest = nack.code === 'wip_limit' ? cardsIn('mine')[0] : undefined;
  return {
    tone,
    mark: { lamp: tone === 'hold' ? 'hold' : 'tight' },
    title,
    detail,
    code: nack.code,
    ...(oldest && {
      way: {
        label: text.oldest(digits(oldest)),
        about: text.oldestFor(digits(oldest), oldest.number),
        order: oldest.order,
      },
    }),
    since: performance.now(),
  };
}

type Words = readonly [title: string, detail: string, tone?: Band['tone']];

function words(action: ActionType, nack: Nack, holder: string | undefined, since: string | undefined): Words {
  const name = actText.actions[action].go;
  const aboutOther = action === 'hand-over' ? aboutThem(nack.code) : undefined;
  if (aboutOther !== undefined) return [aboutOther, text.handOver.way];
  switch (nack.code) {
    case 'stale_epoch':
      return holder === undefined
        ? [text.staleFree(name), text.look]
        : [text.stale(holder, since === undefined ? '' : timeOfDay(since), name), text.askHolder(holder)];
    case 'already_captured':
      return [text.captured(holder ?? ''), text.capturedWay];
    case 'not_holder':
      return [text.notHolder, text.look];
    case 'nothing_pending':
      return [text.nothing[String(nack['what'])] ?? text.nothingElse, text.look];
    case 'wip_limit':
      return [text.wipLimit(Number(nack['limit'] ?? 0)), text.finishOne];
    case 'off_shift':
      return [text.offShift, text.offShiftWay];
    case 'wrong_skill':
      return [text.wrongSkill, ''];
    case 'wrong_site':
      return [text.wrongSite, ''];
    case 'on_hold':
      return [text.onHold, text.onHoldWay, 'hold'];
    case 'wrong_status':
    case 'version_changed':
      return [text.wrongStatus, text.look];
    case 'cancel_pending':
      return [text.cancelPending, text.cancelPendingWay];
    case 'quarantined':
      return [text.quarantined, text.quarantinedWay, 'stop'];
    case 'not_found':
      return [text.gone, ''];
    case 'invalid':
      return [text.invalid[firstPath(nack)] ?? problemText(nack.code), '', 'stop'];
    default:
      return [problemText(nack.code), '', 'stop'];
  }
}

/** Of a hand-over these codes speak of who shall take it. */
function aboutThem(code: string): string | undefined {
  const { offShift, wrongSkill, wrongSite, holdsIt } = text.handOver;
  const said: Readonly<Record<string, string>> = {
    off_shift: offShift,
    wrong_skill: wrongSkill,
    wrong_site: wrongSite,
    already_captured: holdsIt,
  };
  return said[code];
}

function firstPath(nack: Nack): string {
  const [first] = Array.isArray(nack['errors']) ? (nack['errors'] as readonly { path?: unknown }[]) : [];
  return String(first?.path ?? '');
}
