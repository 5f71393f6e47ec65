/** A running product, people of every role, and the examples of the contract, sent with the ids that are real here. */
import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Endpoint } from '../../gateways/contract/endpoint.ts';
import { ORDER_EXAMPLES } from '../../gateways/contract/examples/commands.ts';
import { exampleOf } from '../../gateways/contract/examples/endpoints.ts';
import { ID } from '../../gateways/contract/examples/things.ts';
import { partnerCommands } from '../../gateways/contract/partners.ts';
import { problemSchema } from '../../gateways/contract/problems.ts';
import { codesOf } from '../../gateways/contract/responses.ts';
import { orderCommands } from '../../gateways/contract/rest.ts';
import type { Api, Reply } from '../_kit/api.ts';
import { binaryStl, sphere } from '../_kit/solids.ts';
import type { Fixture } from '../_kit/spec.ts';
import { SOLID } from '../actors/world.ts';
import { type Client, type Live, withLive } from './open-live.ts';
import { partnerOf } from './open-partners.ts';
import { STL } from './rest-story.ts';
import { faultsOf } from './strict.ts';

const WHO = [
  'buyer',
  'operator',
  'colleague',
  'supervisor',
  'crm',
  'packer',
  'quality',
  'carrier',
  'engineer',
] as const;
type Who = (typeof WHO)[number];

export interface World {
  readonly live: Live;
  readonly people: Readonly<Record<Who | 'partner', Api>>;
  /** On the floor's sockets. */
  readonly sockets: Readonly<Record<'operator' | 'colleague' | 'supervisor' | 'crm' | 'packer' | 'quality', Client>>;
}

const FLOOR = ['operator', 'colleague', 'supervisor', 'crm', 'packer', 'quality'] as const;
/** Of the site of the examples. */
const HERE: readonly Who[] = ['operator', 'colleague', 'packer', 'quality'];

export const withWorld: Fixture<World> = (lend, title) =>
  withLive()(async (live) => {
    live.keep();
    const people = { partner: (await partnerOf(live)).api } as Record<Who | 'partner', Api>;
    for (const who of WHO) {
      const role = who === 'colleague' ? 'operator' : who;
      people[who] = await live.as(role, { limit: 1_000, ...(HERE.includes(who) ? { site: 'north' } : {}) });
    }
    const sockets = {} as Record<(typeof FLOOR)[number], Client>;
    for (const who of FLOOR) sockets[who] = await live.connect('/mes', people[who]);
    await lend({ live, people, sockets });
  }, title);

/** The same with the ids that are real here. */
export function real<T>(value: T, ids: Partial<Record<keyof typeof ID, string>>): T {
  let text = JSON.stringify(value);
  for (const [name, id] of Object.entries(ids)) text = text.replaceAll(ID[name as keyof typeof ID], id);
  return JSON.parse(text) as T;
}

export type Ids = Partial<Record<keyof typeof ID, string>>;

/** Sends the example of an endpoint; what comes back must be as described. `change`: where the example can't be meant. */
export async function sendExample(
  api: Api,
  endpoint: Endpoint,
  ids: Ids = {},
  change: {
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: object;
    readonly headers?: Readonly<Record<string, string>>;
    readonly bytes?: Uint8Array;
  } = {},
): Promise<Reply> {
  const { path = {}, query = {}, body } = real(exampleOf(endpoint), ids);
  const at = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => path[name] ?? '');
  const asked = new URLSearchParams(
    Object.entries({ ...query, ...change.query }).map(([name, value]): [string, string] => [name, `${value}`]),
  ).toString();
  const key = endpoint.key === undefined ? {} : { key: randomUUID() };
  const sent = change.bytes ?? (endpoint.body ? (change.body ?? body ?? {}) : undefined);
  const options = { ...key, ...(change.headers ? { headers: change.headers } : {}) };
  const reply = await api.call(endpoint.method, asked === '' ? at : `${at}?${asked}`, sent, options);
  asDescribed(endpoint, reply);
  assert.is(reply.status, endpoint.status, `${endpoint.name}: ${JSON.stringify(reply.body)}`);
  return reply;
}

/** Success or problem: a status of the description, every field of the schema, and none besides. */
export function asDescribed(endpoint: Endpoint, { status, body, headers }: Reply): void {
  const { name, answer, tagged, key, unversioned } = endpoint;
  if (status < 400) {
    assert.is(status, endpoint.status, name);
    if (answer) assert.equal(faultsOf(answer, body), [], `${name}: ${JSON.stringify(body)}`);
    if (tagged || (key && !unversioned)) assert.match(headers.get('etag') ?? '', /^"[^"]+"$/, name);
    return;
  }
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/, name);
  assert.ok(codesOf(endpoint).includes(body.code), `${name} may not answer ${body.code}`);
  assert.equal(faultsOf(problemSchema(body.code), body), [], `${name}: ${JSON.stringify(body)}`);
  if (status === 429 || status === 503) assert.match(headers.get('retry-after') ?? '', /^\d+$/, name);
}

const PRICED = ['create', 'submit', 'priced'];
const APPROVED = [...PRICED, 'approve'];
const TAKEN = [...APPROVED, 'capture'];
const MADE = [...TAKEN, 'start', 'complete'];

/** What an order must have lived through before a command. */
export const BEFORE: Readonly<Record<string, readonly string[]>> = {
  create: [],
  'attach-model': ['create'],
  'change-settings': ['create'],
  submit: ['create'],
  requote: ['create', 'submit', 'priced for a moment'],
  'set-price': PRICED,
  approve: PRICED,
  reject: ['create', 'submit'],
  'set-priority': APPROVED,
  move: APPROVED,
  capture: APPROVED,
  release: TAKEN,
  'hand-over': TAKEN,
  'accept-hand-over': [...TAKEN, 'hand-over'],
  'decline-hand-over': [...TAKEN, 'hand-over'],
  hold: TAKEN,
  resume: [...TAKEN, 'hold'],
  start: TAKEN,
  'request-cancel': TAKEN,
  'accept-cancel': [...TAKEN, 'request-cancel'],
  'refuse-cancel': [...TAKEN, 'request-cancel'],
  complete: [...TAKEN, 'start'],
  rework: MADE,
  pack: MADE,
  ship: [...MADE, 'pack'],
  delivered: [...MADE, 'pack', 'ship'],
  close: [...MADE, 'pack', 'ship', 'delivered'],
};

const BY: Readonly<Record<string, keyof World['sockets'] | 'carrier'>> = {
  'accept-hand-over': 'colleague',
  'decline-hand-over': 'colleague',
  'set-priority': 'supervisor',
  move: 'supervisor',
  'set-price': 'crm',
  reject: 'crm',
  close: 'crm',
  rework: 'quality',
  pack: 'packer',
  ship: 'packer',
  delivered: 'carrier',
};
const OF_THE_OWNER = partnerCommands.map(({ command }) => command);
export const byOnTheFloor = (command: string): keyof World['sockets'] => {
  const who = BY[command] ?? 'operator';
  if (who === 'carrier') throw new Error(`nobody on the floor sends ${command}`);
  return who;
};

const MENDED = binaryStl(sphere(6, 12));

export interface Story {
  readonly ids: Ids;
  /** Sends the example of this command, as who may. */
  send(command: string): Promise<Reply>;
}

/** An order of a buyer or partner that has lived through this. */
export async function storyOf(world: World, owner: 'buyer' | 'partner', steps: readonly string[]): Promise<Story> {
  const { live, people } = world;
  const api = people[owner];
  const at = owner === 'partner' ? '/v1/models' : '/api/models';
  const upload = async (bytes: Uint8Array): Promise<string> =>
    (await api.call('POST', at, bytes, { key: randomUUID(), headers: { 'x-filename': 'ring.stl' } })).body.model;
  const ids = {
    model: await upload(STL),
    mended: await upload(MENDED),
    operator: people.operator.id,
    colleague: people.colleague.id,
  } as Ids;
  const priced = async (validMs: number): Promise<void> => {
    const lines = [{ name: 'All', amount: 2_500 }];
    const price = { amount: 2_500, currency: 'EUR', lines, tariff: 't', validMs };
    const facts = { ...SOLID, sizeMm: [...SOLID.sizeMm] };
    await live.system('order', ids.order ?? '', {
      type: 'priced',
      revision: 1,
      job: randomUUID(),
      facts,
      ...price,
    } as never);
  };
  const send = async (command: string): Promise<Reply> => {
    const commands = owner === 'partner' && OF_THE_OWNER.includes(command) ? partnerCommands : orderCommands;
    const endpoint = commands.find((one) => one.command === command);
    if (endpoint === undefined) throw new Error(`no endpoint for ${command}`);
    const by = OF_THE_OWNER.includes(command) ? api : people[BY[command] ?? 'operator'];
    const { fields = {} } = ORDER_EXAMPLES[command] ?? {};
    // A reference is taken for ever: each order here has one of its own.
    const own =
      owner === 'partner' && command === 'create' ? { body: { ...real(fields, ids), reference: randomUUID() } } : {};
    const reply = await sendExample(by, endpoint, ids, own);
    if (command === 'create') ids.order = reply.body.id;
    return reply;
  };
  for (const step of steps) {
    if (step === 'priced') await priced(60_000);
    else if (step === 'priced for a moment') await priced(1);
    else await send(step);
  }
  return { ids, send };
}
