/** Sales and the carrier: they read lists and act on what waits for them. */
import type { Order } from '../../gateways/contract/order.ts';
import type { Role } from '../cast.ts';
import type { Act } from '../decide/act.ts';
import { carrierAct, crmAct } from '../decide/office.ts';
import { inBeats, type Stage } from '../stage.ts';
import { type Person, signIn } from './person.ts';

const BEAT_MS = 2_000;

async function playOnList(
  stage: Stage,
  role: Role,
  query: string,
  decide: (order: Order, person: Person) => Act | undefined,
): Promise<void> {
  const person = await signIn(stage, role);
  if (person === undefined) return;
  await inBeats(stage, BEAT_MS, async () => {
    const path = `/api/orders?${query}&limit=200`;
    const { body } = await person.client.rest.get<{ readonly items: readonly Order[] }>(path, stage.stop);
    for (const order of person.open(body.items, ({ id }) => id)) await person.do(decide(order, person));
  });
}

export function playCrm(stage: Stage, role: Role): Promise<void> {
  const { catalog, pace, played } = stage;
  const currencyOf = (site: string) => catalog.sites.find(({ id }) => id === site)?.currency;
  return playOnList(stage, role, 'waiting=crm', (order, { now }) =>
    crmAct(order, { reasons: catalog.reasons, currencyOf, plays: (id) => played.has(id), now, pace }),
  );
}

export const playCarrier = (stage: Stage, role: Role): Promise<void> =>
  playOnList(stage, role, 'status=SHIPPED', (order, { now }) => carrierAct(order, { now, pace: stage.pace }));
