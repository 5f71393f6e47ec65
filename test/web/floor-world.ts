/** A workshop in the middle of its day, made over REST: an order in each situation that a board or a list shows. */
import * as assert from 'uvu/assert';
import { type Api, signIn } from '../_kit/api.ts';
import type { Login, Product } from '../_kit/product.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { approvedOrder, createOrder, type Made, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

export interface FloorWorld {
  /** Whose board is looked at; holds four orders and is offered a fifth. */
  readonly olga: Login;
  readonly boss: Login;
  readonly crm: Login;
  readonly engineer: Login;
  readonly holders: Holders;
  /** A new order, and what takes it away from under who looks at it. */
  readonly wanted: string;
  snatch(): Promise<void>;
  /** Offers Olga an order and asks her to cancel another: notices for those who look on. */
  ask(): Promise<void>;
}

/** `present`: holds an order, and is told to be at a board; `away`: not. */
export interface Holders {
  readonly present: string;
  readonly away: string;
}

const LIMIT = 6;

export async function floorWorld(product: Product): Promise<FloorWorld> {
  const north = { site: 'north' };
  const [[olga, otto, uma], [boss], [packer], [crm], [engineer], buyer] = await Promise.all([
    product.addUsers('operator', { ...north, count: 3, limit: LIMIT }),
    product.addUsers('supervisor', north),
    product.addUsers('packer', north),
    product.addUsers('crm'),
    product.addUsers('engineer'),
    newBuyer(product.url),
  ]);
  assert.ok(olga && otto && uma && boss && packer && crm && engineer);
  const enter = (login: Login): Promise<Api> => signIn(product.url, login);
  const [first, second, third, over, packs, sales] = await Promise.all([olga, otto, uma, boss, packer, crm].map(enter));
  assert.ok(first && second && third && over && packs && sales);
  for (const operator of [first, second, third])
    await tell(operator.post('/api/operators/me/start-shift', {}, { key: operator.id }));

  const some = (count: number): Promise<Made[]> =>
    Promise.all(Array.from({ length: count }, () => approvedOrder(buyer)));
  const [urgent, plain, captured, started, held, offered, others, alone, made, packing] = [
    ...(await some(5)),
    ...(await some(5)),
  ];
  const asked = await approvedOrder(buyer);
  assert.ok(urgent && plain && captured && started && held && offered && others && alone && made && packing);

  const take = async (operator: Api, { id }: Made, ...then: readonly string[]): Promise<void> => {
    for (const command of ['capture', ...then]) {
      const { epoch } = (await operator.get(`/api/orders/${id}`)).body;
      await tell(operator.order(id, command, { epoch }));
    }
  };
  await Promise.all([
    tell(over.order(urgent.id, 'set-priority', { priority: 3 })),
    take(first, captured),
    take(first, started, 'start'),
    take(first, asked, 'start'),
    take(second, offered),
    take(second, others, 'start'),
    take(third, alone, 'start'),
    take(second, made, 'start', 'complete'),
    take(second, packing, 'start', 'complete').then(() => tell(packs.order(packing.id, 'pack'))),
    take(first, held).then(() => tell(first.order(held.id, 'hold', { reason: 'question-to-customer' }))),
    failedPrice(buyer),
    createOrder(buyer),
  ]);
  return {
    olga,
    boss,
    crm,
    engineer,
    wanted: plain.id,
    snatch: () => take(second, plain),
    holders: { present: second.id, away: third.id },
    async ask() {
      const { epoch } = (await second.get(`/api/orders/${offered.id}`)).body;
      await tell(second.order(offered.id, 'hand-over', { epoch, to: first.id }));
      await tell(buyer.order(asked.id, 'request-cancel', { reason: 'ordered-twice' }));
    },
  };
}

/** A model that is not closed: a person has to look at it. */
async function failedPrice(buyer: Api): Promise<void> {
  const { id } = await createOrder(buyer, { stl: binaryStl(box().triangles.slice(0, -9)) });
  await tell(buyer.order(id, 'submit'));
  await until('no price', async () => (await buyer.get(`/api/orders/${id}`)).body.status === 'PRICE_FAILED', 30_000);
}

async function tell(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  assert.ok(status < 300, `${status} ${JSON.stringify(body)}`);
}
