/** What is sent to each endpoint and answered, by its name. A test sends all of it to a running product. */
import type { Endpoint } from '../endpoint.ts';
import { partnerCommands } from '../partners.ts';
import { operatorCommands, orderCommands } from '../rest.ts';
import { OPERATOR_EXAMPLES, ORDER_EXAMPLES } from './commands.ts';
import { problemExample } from './problems.ts';
import {
  AT,
  CARD,
  EVENT,
  ID,
  JOB,
  LATER,
  MODEL,
  OPERATOR,
  ORDER,
  SESSION,
  SETTINGS,
  TIMELINE,
  UPLOADED,
  USER,
} from './things.ts';

export interface EndpointExample {
  /** By name of the segment. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** JSON, or text. */
  readonly answer?: unknown;
}

const order = { path: { id: ID.order } };
const model = { path: { id: ID.model } };
const figure = { count: 120, mean: 5_400_000, median: 3_600_000, p95: 18_000_000 };
const withReference = { ...ORDER, reference: 'PO-4711' };
const PASSWORD = 'bT9wQ2v7yKc4mXn1rJ5sZA';
const newOrder = { model: ID.model, settings: SETTINGS, reference: 'PO-4711' };

const COMMANDS: Readonly<Record<string, EndpointExample>> = Object.fromEntries([
  ...[...orderCommands, ...partnerCommands].map(({ name, command, path }) => {
    const { fields, after } = ORDER_EXAMPLES[command] ?? { fields: {}, after: ORDER };
    const bulk = path.startsWith('/v1/') && command === 'create' ? { reference: 'PO-4711' } : {};
    const own = { body: { ...fields, ...bulk }, answer: { ...after, ...bulk } };
    return [name, path.includes(':id') ? { ...order, ...own } : own];
  }),
  ...operatorCommands.map(({ name, command }) => [
    name,
    {
      path: { id: ID.operator },
      body: OPERATOR_EXAMPLES[command] ?? {},
      answer: { ok: true, version: 3, operator: OPERATOR },
    },
  ]),
]);

export const EXAMPLES: Readonly<Record<string, EndpointExample>> = {
  ...COMMANDS,
  'open-session': { body: { login: 'bea', password: 'correct horse' }, answer: SESSION },
  'renew-session': { answer: SESSION },
  'close-session': { answer: { ok: true } },
  'sign-up': {
    body: { name: 'Bea', contact: 'bea@example.com', login: 'bea', password: 'correct horse' },
    answer: SESSION,
  },
  catalog: {
    answer: {
      sites: [
        {
          id: 'north',
          name: 'North workshop',
          currency: 'EUR',
          limits: { quantity: 1_000 },
          makes: [{ material: 'silver-925', density: 10.36, finishes: ['polished'] }],
          urgencies: [{ id: 'standard', percent: 100, leadHours: 168 }],
          discounts: [{ from: 5, percent: 5 }],
        },
      ],
      materials: [
        {
          id: 'silver-925',
          name: 'Silver 925',
          names: { ru: 'Серебро 925' },
          finishes: [{ id: 'polished', name: 'Polished' }],
          sites: ['north'],
        },
      ],
      urgencies: [{ id: 'standard', name: 'Standard' }],
      reasons: { 'request-cancel': [{ id: 'changed-mind', name: 'Changed my mind' }] },
      limits: { quantity: 500, uploadBytes: 100_000_000 },
    },
  },
  'upload-model': { answer: UPLOADED },
  model: { ...model, answer: MODEL },
  'model-file': model,
  'model-thumb': model,
  order: { ...order, query: { atLeast: 1 }, answer: ORDER },
  orders: { query: { status: 'OPEN', site: 'north', limit: 50 }, answer: { items: [ORDER], next: null } },
  timeline: { ...order, answer: TIMELINE },
  'share-order': {
    ...order,
    body: {},
    answer: { token: 'sh_dG9rZW4', url: `https://shop.example/#/track/${ID.order}/sh_dG9rZW4` },
  },
  'unshare-order': { ...order, answer: { ok: true } },
  operators: { query: { site: 'north', limit: 50 }, answer: { items: [OPERATOR], next: null } },
  board: {
    path: { site: 'north' },
    query: { lane: 'in_work', sort: 'urgent', limit: 50 },
    answer: {
      epoch: '2c1062d66995590e',
      at: '1795286483305-0',
      lane: 'in_work',
      sort: 'urgent',
      items: [CARD],
      next: null,
      counts: { new: 4, in_work: 1, made: 2 },
      people: { [ID.operator]: { name: 'Olga', present: true, since: AT } },
    },
  },
  flow: {
    query: { site: 'north' },
    answer: {
      items: [{ site: 'north', at: AT, days: 30, statuses: { PRICING: figure }, submittedToStarted: figure }],
      next: null,
    },
  },
  jobs: {
    query: { state: 'dead', kind: 'price', limit: 50 },
    answer: { items: [JOB], next: null, counts: { due: 0, running: 0, done: 40, obsolete: 1, dead: 1 } },
  },
  'redrive-job': { path: { id: ID.job }, body: {}, answer: { redriven: 1 } },
  'redrive-jobs': { body: { kind: 'price', code: 'storage_away', before: LATER }, answer: { redriven: 1 } },
  users: { query: { site: 'north', q: 'olga', limit: 50 }, answer: { items: [USER], next: null } },
  'add-user': {
    body: { login: USER.login, name: USER.name, roles: USER.roles, site: 'north' },
    answer: { user: USER, password: PASSWORD },
  },
  'set-user-password': { path: { id: ID.user }, body: {}, answer: { user: USER, password: PASSWORD } },
  'disable-user': {
    path: { id: ID.user },
    body: {},
    answer: { user: { ...USER, disabledAt: LATER }, sessions: 1 },
  },
  'enable-user': { path: { id: ID.user }, body: {}, answer: { user: USER, sessions: 0 } },
  'partner-upload-model': { answer: UPLOADED },
  'partner-create-batch': {
    body: { orders: [newOrder, { ...newOrder, reference: 'PO-4712' }] },
    answer: {
      items: [
        { status: 201, order: withReference, reference: 'PO-4711' },
        { ...problemExample('reference_taken'), reference: 'PO-4712' },
      ],
    },
  },
  'partner-orders': { query: { reference: 'PO-4711' }, answer: { items: [withReference], next: null } },
  'partner-order': { ...order, query: { atLeast: 1 }, answer: withReference },
  'partner-timeline': { ...order, answer: TIMELINE },
  'partner-events': { query: { wait: 1, limit: 50 }, answer: { items: [EVENT], next: 'MDo3MTA6MTI6MQ' } },
  livez: { answer: { ok: true } },
  readyz: { answer: { ready: true, degraded: ['rabbitmq'] } },
  metrics: { answer: '# TYPE andon_sockets gauge\nandon_sockets 12\n' },
  openapi: { answer: { openapi: '3.1.0' } },
  asyncapi: { answer: { asyncapi: '3.0.0' } },
};

/** As it is sent: ids are replaced by those of the reader. */
export const exampleOf = ({ name }: Pick<Endpoint, 'name'>): EndpointExample => EXAMPLES[name] ?? {};
