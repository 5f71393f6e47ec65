/**
 * Who is told of a row at once, besides those who watch the order: whoever must answer now, and whoever has lost it.
 * Nobody is told in person what he did himself. Advisory: the board says the same to who looks.
 */
import type { Addressee, LogRow, Notice } from '../../src/runtime/actor.ts';
import type { Role } from '../roles.ts';
import type { OrderEvent } from './events.ts';
import type { OrderState } from './state.ts';
import { wasOf } from './was.ts';

export type NoticeKind = 'hand_over' | 'cancel_requested' | 'released';
type OrderNotice = Notice & { readonly kind: NoticeKind };
const CRM: Role = 'crm';

type Row = LogRow<OrderState, OrderEvent>;

/** To what a person listens; the CRM that works for no site in particular hears of all. */
export const ears = (
  { id, roles, site }: { readonly id: string; readonly roles: readonly string[]; readonly site?: string },
  sites: readonly string[],
): Addressee[] => [
  { person: id },
  ...(roles.includes(CRM) ? (site === undefined ? sites : [site]).map((where) => ({ role: CRM, site: where })) : []),
];

export const notices = (row: Row): OrderNotice[] =>
  [...row.events.flatMap((event) => asked(event, row.after)), ...lost(row)].filter(
    ({ to }) => !('person' in to) || to.person !== row.issuer.id,
  );

/** Questions that somebody must answer. Asked again of the CRM when the time is over: then no deadline is left. */
function asked(event: OrderEvent, { site, capture }: OrderState): OrderNotice[] {
  const crm = { role: CRM, site };
  const kind = 'cancel_requested';
  switch (event.type) {
    case 'hand-over-offered':
      return [{ to: { person: event.to }, kind: 'hand_over', deadline: event.deadline }];
    case 'cancel-requested': {
      const { deadline } = event;
      const holder: OrderNotice[] = capture ? [{ to: { person: capture.operator }, kind, deadline }] : [];
      return [...holder, { to: crm, kind, deadline }];
    }
    case 'cancel-escalated':
      return [{ to: crm, kind }];
    default:
      return [];
  }
}

/** However it came: forced release, absence, end of the shift, a hand-over, the end of the order. */
function lost(row: Row): OrderNotice[] {
  const holder = wasOf(row)?.holder ?? null;
  return holder === null || holder === row.after.capture?.operator
    ? []
    : [{ to: { person: holder }, kind: 'released' }];
}
