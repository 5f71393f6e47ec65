/** A simulated buyer: looks after open orders, and places another one where there is room for it. */
import type { Order } from '../../gateways/contract/order.ts';
import { newKey } from '../../web/client/key.ts';
import { codeOf } from '../../web/client/problem.ts';
import type { Role } from '../cast.ts';
import { customerAct } from '../decide/customer.ts';
import { wish } from '../decide/wanted.ts';
import { Shelf } from '../shelf.ts';
import { inBeats, type Stage } from '../stage.ts';
import { coming } from './coming.ts';
import { type Person, signIn } from './person.ts';

const BEAT_MS = 900;
/** What is being made is looked at more rarely. */
const MADE_EVERY = 5;

type Page = { readonly items: readonly Order[] };

export async function playBuyer(stage: Stage, role: Role): Promise<void> {
  const person = await signIn(stage, role);
  if (person === undefined) return;
  const shelf = new Shelf(`${stage.url}/api/models`, () => person.client.session.token);
  const { rest } = person.client;
  const list = async (query: string): Promise<readonly Order[]> =>
    (await rest.get<Page>(`/api/orders?${query}&limit=200`, stage.stop)).body.items;
  let [beat, wishes] = [0, Date.now()];
  await inBeats(stage, BEAT_MS, async () => {
    const waiting = await list('waiting=buyer');
    const pricing = await list('waiting=pricing');
    stage.market.tellComing(role.login, coming([...waiting, ...pricing], person.now));
    await actOn(stage, person, waiting);
    if (beat++ % MADE_EVERY === 0) await actOn(stage, person, await list('status=MANUFACTURING_STARTED'));
    const site = stage.market.take(role.login, Date.now());
    if (site !== undefined) await order(stage, person, shelf, site, role.login, wishes++);
  });
}

async function actOn({ catalog, pace }: Stage, person: Person, orders: readonly Order[]): Promise<void> {
  for (const order of person.open(orders, ({ id }) => id))
    await person.do(customerAct(order, catalog.reasons, { now: person.now, pace }));
}

async function order(stage: Stage, person: Person, shelf: Shelf, site: string, who: string, n: number): Promise<void> {
  const wanted = wish(stage.catalog, site, who, n);
  if (wanted === undefined) return;
  const { model, settings } = wanted;
  try {
    const id = await shelf.idOf(model, newKey(), stage.stop);
    await person.client.rest.write('/api/orders', { site, model: id, settings }, { key: newKey(), signal: stage.stop });
    stage.tally.did('create');
  } catch (error) {
    if (codeOf(error) !== 'offline') shelf.forget(model);
    throw error;
  }
}
