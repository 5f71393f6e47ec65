/** Everybody and everything that the cells of the policy matrix are about, and one cell asked of it. */
import { randomUUID } from 'node:crypto';
import type { CommandAck } from '../../gateways/contract/live.ts';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { generatePassword } from '../../src/identity/passwords.ts';
import { addUser } from '../../src/identity/users.ts';
import { Api, signIn } from '../_kit/api.ts';
import { OPERATOR_SAMPLES, ORDER_SAMPLES } from '../actors/samples.ts';
import {
  BOUND_TO_A_SITE,
  CALLERS,
  type Caller,
  type Cell,
  CUSTOMERS,
  type Outcome,
  type Relation,
} from './matrix-cells.ts';
import type { Client, Live } from './open-live.ts';
import { partnerOf } from './open-partners.ts';
import { STL } from './rest-story.ts';

interface Place {
  readonly site: 'north' | 'south';
  readonly id: string;
}

interface Member {
  readonly api: Api;
  /** Or the code with which the floor's sockets refuse it. */
  readonly socket: Client | string;
}

export interface World {
  /** The partner's key. */
  readonly key: Api;
  readonly members: ReadonlyMap<string, Member>;
  /** An order or operator, `me` where it is oneself. */
  target(cell: Pick<Cell, 'kind' | 'caller' | 'relation'>): Place;
  readonly operators: Readonly<Record<Place['site'], string>>;
  model(caller: Caller, relation: Relation): string;
}

/** Nobody signs in as a partner, but who would could do on `/api` what the company may. */
async function signedInFor({ core, url }: Live, company: string): Promise<Api> {
  const { password, hash } = await generatePassword();
  const login = `partner-${randomUUID()}`;
  const person = await addUser(core.pool, { login, name: 'Acme', roles: ['partner'], hash });
  await core.pool.query('UPDATE users SET tenant = $2 WHERE id = $1', [person?.id, company]);
  return signIn(url, { login, password });
}

async function member(live: Live, api: Api): Promise<Member> {
  const refused = (error: { code: string }): string => error.code;
  return { api, socket: await live.connect('/mes', api).catch(refused) };
}

/** Name of a member in the world. */
export const memberOf = (caller: Caller, relation: Relation): string =>
  `${caller} ${relation === 'unbound' ? 'everywhere' : 'of north'}`;

async function people(live: Live, buyer: Api, acme: Api): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  for (const caller of CALLERS) {
    const signed = async (site: object): Promise<Api> => {
      if (caller === 'guest') return new Api(live.url);
      if (caller === 'buyer') return buyer;
      return caller === 'partner' ? acme : live.as(caller, BOUND_TO_A_SITE.includes(caller) ? site : {});
    };
    members.set(memberOf(caller, 'own'), await member(live, await signed({ site: 'north' })));
    members.set(memberOf(caller, 'unbound'), await member(live, await signed({})));
  }
  return members;
}

export async function openWorld(live: Live): Promise<World> {
  const company = await partnerOf(live);
  const [buyer, stranger, acme, boss] = [
    await live.as('buyer'),
    await live.as('buyer'),
    await signedInFor(live, company.id),
    await live.as('supervisor'),
  ];
  const orderAt = async (owner: Api, site: Place['site']): Promise<Place> => {
    const { id } = await live.orderOf(owner, 'MANUFACTURING_APPROVED');
    if (site === 'south') await boss.order(id, 'move', { site });
    return { site, id };
  };
  const operatorAt = async (site: Place['site']): Promise<Place> => ({
    site,
    id: (await live.as('operator', { site })).id,
  });
  const orders = {
    buyer: { north: await orderAt(buyer, 'north'), south: await orderAt(buyer, 'south') },
    partner: { north: await orderAt(acme, 'north'), south: await orderAt(acme, 'south') },
    stranger: await orderAt(stranger, 'north'),
  };
  const crew = { north: await operatorAt('north'), other: await operatorAt('north'), south: await operatorAt('south') };
  const modelOf = async (owner: Api): Promise<string> => (await owner.upload(STL, 'a.stl')).body.model;
  const models = { buyer: await modelOf(buyer), partner: await modelOf(acme), stranger: await modelOf(stranger) };

  const order = (caller: Caller, relation: Relation): Place => {
    const { north, south } = orders[caller === 'partner' ? 'partner' : 'buyer'];
    if (relation === 'unknown') return { site: 'north', id: randomUUID() };
    if (relation === 'foreign') return CUSTOMERS.includes(caller) ? orders.stranger : orders.partner.north;
    // An operator without a site in its session still works at one.
    const here = relation === 'own' || (relation === 'unbound' && caller === 'operator');
    return here ? north : south;
  };
  const operator = (caller: Caller, relation: Relation): Place => {
    if (relation === 'unknown') return { site: 'north', id: randomUUID() };
    if (relation === 'foreign') return crew.other;
    const self = caller === 'operator' && relation !== 'other site';
    return self ? { site: 'north', id: 'me' } : relation === 'own' ? crew.north : crew.south;
  };
  return {
    key: company.api,
    members: await people(live, buyer, acme),
    target: ({ kind, caller, relation }) => (kind === 'order' ? order : operator)(caller, relation),
    operators: { north: crew.north.id, south: crew.south.id },
    model: (caller, relation) => {
      if (relation === 'unknown') return randomUUID();
      return relation === 'foreign' ? models.stranger : models[caller === 'partner' ? 'partner' : 'buyer'];
    },
  };
}

/** Fields that fit, about what the cell addresses; `move` to where the order is, so every cell finds it there. */
function fieldsOf({ kind, type, caller, relation, shape }: Cell, world: World, { site }: Place): object {
  const samples: Readonly<Record<string, { type: string }>> = kind === 'order' ? ORDER_SAMPLES : OPERATOR_SAMPLES;
  // The envelope of a socket has a field of this name; the one command with one of its own is offered nowhere.
  const { type: _, operator: __, ...fields } = samples[type]! as { type: string; operator?: string };
  return {
    ...fields,
    ...('model' in fields ? { model: world.model(caller, relation) } : {}),
    ...('to' in fields ? { to: world.operators[site] } : {}),
    ...(type === 'move' ? { site } : {}),
    ...(shape === 'misfit' ? { surplus: 1 } : {}),
  };
}

/** What the caller is told. Throws where an answer contradicts itself. */
export async function ask(cell: Cell, world: World): Promise<Outcome> {
  const { kind, type, spec, caller, relation, transport, shape } = cell;
  const { api, socket } = world.members.get(memberOf(caller, relation))!;
  const target = world.target(cell);
  const fields = fieldsOf(cell, world, target);
  const key = shape === 'fitting' ? { key: randomUUID() } : {};
  if (transport === 'socket') {
    if (typeof socket === 'string') return outcomeOf(false, { code: socket });
    const ack: CommandAck = await socket.ask('command', { [kind]: target.id, type, ...key, ...fields });
    return outcomeOf(ack.ok, ack as object);
  }
  const edge = transport === 'v1' ? '/v1' : '/api';
  const path = spec.creates && kind === 'order' ? `${edge}/orders` : `${edge}/${kind}s/${target.id}/${type}`;
  const by = transport === 'v1' && caller === 'partner' ? world.key : api;
  const { status, body } = await by.post(path, fields, key);
  const ok = status === 200 || status === 201;
  if (!ok && httpStatusOf(body.code) !== status) throw new Error(`${status} ${JSON.stringify(body)}`);
  return outcomeOf(ok, body);
}

interface Told {
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly rule: string }[];
}

const PLAIN = ['unauthenticated', 'forbidden', 'not_found', 'idempotency_key_required', 'wrong_site'];

function outcomeOf(ok: boolean, { code = '', errors = [] }: Told): Outcome {
  if (ok) return 'judged';
  if (PLAIN.includes(code)) return code as Outcome;
  if (code === 'invalid' && errors.some(({ rule }) => rule === 'unknown command')) return 'unknown command';
  if (code === 'invalid' && errors.some(({ path }) => path === '/surplus')) return 'misfit';
  const status = httpStatusOf(code);
  if (status === 409 || code === 'invalid') return 'judged';
  throw new Error(`no answer to expect: ${code}`);
}
