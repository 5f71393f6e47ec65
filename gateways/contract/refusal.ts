/** What a refusal tells besides its code: the same over REST and sockets. */
import type { REFUSALS } from './problem.ts';
import { type NameOf, person, type Viewer } from './shapes.ts';

type Details = Readonly<Record<string, unknown>>;

const holderIn = ({ holder }: Details): string | undefined =>
  typeof holder === 'object' && holder !== null && 'id' in holder && typeof holder.id === 'string'
    ? holder.id
    : undefined;

/** Ids of the persons that `renderDetails` will name. */
export const personsInDetails = (details: Details): string[] => {
  const holder = holderIn(details);
  return holder === undefined ? [] : [holder];
};

/** The holder gets its name, for staff; nobody else is told of one. */
export function renderDetails(details: Details, viewer: Viewer, nameOf: NameOf): Record<string, unknown> {
  const { holder: _, ...rest } = details;
  const id = holderIn(details);
  if (!viewer.staff || !('holder' in details)) return rest;
  return { ...rest, holder: id === undefined ? null : person(id, nameOf) };
}

const TEXTS: Readonly<Record<(typeof REFUSALS)[number], string>> = {
  already_captured: 'somebody has taken this order',
  stale_epoch: 'the order was taken anew since',
  not_holder: 'you do not hold this order',
  wip_limit: 'the operator holds as many orders as allowed',
  wrong_site: 'the order is of another site',
  wrong_skill: 'the operator is not trained for this material',
  off_shift: 'the operator is not on shift',
  wrong_status: 'the order is not in a status that allows this',
  on_hold: 'the order is on hold',
  price_expired: 'the price does not hold any more: ask for a new one',
  price_changed: 'this is not the price as it is now',
  cancel_pending: 'somebody asked to cancel the order, which is not answered yet',
  nothing_pending: 'there is nothing to answer or to end',
  reference_taken: 'an order has this reference already, and references are for ever',
  quarantined: 'the rows of this order or operator can’t be followed; somebody has to mend them',
};
const MORE_TEXTS: Readonly<Record<string, string>> = {
  ...TEXTS,
  version_changed: 'the version is another one by now',
  idempotency_key_reused: 'this Idempotency-Key stood for something else before',
};

/** `detail` of the problem, for people; undefined where what it carries says it (`invalid`). */
export const textOf = (code: string): string | undefined => MORE_TEXTS[code];
