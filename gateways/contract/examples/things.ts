/** What answers and messages show: one order on its way, and those who have to do with it. */
import type { Card } from '../card.ts';
import type { Change } from '../change.ts';
import type { Job } from '../jobs.ts';
import type { Model, UploadedModel } from '../model.ts';
import type { Operator } from '../operator.ts';
import type { Order } from '../order.ts';
import type { PartnerEvent } from '../partner-event.ts';
import type { Session } from '../session.ts';
import type { Timeline } from '../timeline.ts';
import type { User } from '../users.ts';

/** Ids that stand for those of the reader. */
export const ID = {
  order: '5b1f4c52-8c0e-5d3a-9a6f-0c2d7e4b1a01',
  model: '8e0c6a34-2f7d-5b19-8d4e-6a1b3c5d7f02',
  /** Of the same owner, mended. */
  mended: '6f2a9d10-3b5c-5e47-9a8b-0d4e2c6f8a09',
  buyer: '1d9e7b60-4a2c-4f58-b3e1-9c8d0a6f2b03',
  operator: '7c3a5e18-6b4d-4c92-a0f7-2e8d1b9c4f04',
  colleague: '2f8b6d40-1c3e-4a75-9e6d-5b7a0c8e3f05',
  partner: '94d2e6f8-0a5b-4b31-8c7f-1d3e5a9b6c06',
  job: '3e7d9c5b-8f1a-5c24-b6e0-4a2d8f6c0b07',
  user: 'c8a0f4e2-5b7d-4e19-a3c6-9d1f7b5e3a09',
  event: 'a6c4e2f0-7d9b-5e83-91a5-8c0e6b4d2f08',
} as const;

export const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
export const AT = '2026-11-20T12:00:00.000Z';
export const LATER = '2026-11-27T12:00:00.000Z';
const FACTS = { volumeMm3: 620.4, areaMm2: 480.2, sizeMm: [21, 21, 6], triangles: 1200, shells: 1, closed: true };
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const UPLOADED: UploadedModel = {
  model: ID.model,
  name: 'ring.stl',
  bytes: 11_284,
  sha256: SHA256,
  state: 'stored',
};
export const MODEL: Model = { id: ID.model, name: 'ring.stl', bytes: 11_284, facts: FACTS };
export const PRICE = {
  version: 1,
  amount: 3_617,
  currency: 'EUR',
  lines: [
    { name: 'Set-up', amount: 1_500 },
    { name: 'Silver 925', amount: 2_117 },
  ],
  validUntil: LATER,
};

/** As its buyer sees it when the price is there. */
export const ORDER: Order = {
  id: ID.order,
  number: '1-00042',
  site: 'north',
  status: 'PRICE_CALCULATED',
  version: 4,
  revision: 1,
  priority: 0,
  settings: SETTINGS,
  model: MODEL,
  price: PRICE,
  capture: null,
  epoch: 0,
  waiting: { for: 'buyer', since: AT, reason: 'approval' },
  createdAt: AT,
  updatedAt: AT,
};

const HOLDER = { id: ID.operator, name: 'Olga' };

/** As staff sees it when an operator has taken it. */
export const TAKEN: Order = {
  ...ORDER,
  status: 'MANUFACTURING_APPROVED',
  version: 6,
  due: LATER,
  capture: { operator: HOLDER, since: AT },
  epoch: 1,
  waiting: { for: 'holder', who: HOLDER, since: AT, reason: 'start' },
};

export const CARD: Card = {
  order: ID.order,
  number: '1-00042',
  version: 6,
  lane: 'in_work',
  status: 'MANUFACTURING_APPROVED',
  epoch: 1,
  title: 'ring.stl',
  material: 'silver-925',
  finish: 'polished',
  quantity: 1,
  priority: 0,
  due: LATER,
  capture: { operator: HOLDER, since: AT },
  handOver: null,
  hold: null,
  cancellation: null,
  thumb: `/api/models/${ID.model}/thumb`,
  waiting: { for: 'holder', who: HOLDER, since: AT, reason: 'start' },
  updatedAt: AT,
};

export const CHANGE: Change = {
  order: ID.order,
  version: 6,
  at: AT,
  type: 'captured',
  types: ['captured'],
  status: 'MANUFACTURING_APPROVED',
  site: 'north',
  revision: 1,
  priority: 0,
  epoch: 1,
  due: LATER,
  settings: SETTINGS,
  model: MODEL,
  price: PRICE,
  capture: { since: AT },
  waiting: { for: 'holder', since: AT, reason: 'start' },
};

export const TIMELINE: Timeline = {
  items: [
    { version: 1, at: AT, type: 'created', to: 'INITIATED', by: { role: 'buyer', id: ID.buyer } },
    {
      version: 2,
      at: AT,
      type: 'submitted',
      from: 'INITIATED',
      to: 'SUBMITTED',
      by: { role: 'buyer', id: ID.buyer },
      lastedMs: 64_000,
      waited: { for: 'buyer', reason: 'submit', ms: 64_000 },
    },
  ],
  totals: { INITIATED: 64_000, SUBMITTED: 1_200 },
  waited: [
    { for: 'buyer', reason: 'submit', ms: 64_000 },
    { for: 'pricing', reason: 'queue', ms: 1_200 },
  ],
  waiting: { for: 'pricing', since: AT, reason: 'queue' },
};

export const OPERATOR: Operator = {
  id: ID.operator,
  name: 'Olga',
  site: 'north',
  onShift: true,
  shiftSince: AT,
  present: true,
  held: 1,
  limit: 5,
  skills: ['silver-925', 'gold-585'],
};

export const SESSION: Session = {
  token: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl',
  expiresAt: AT,
  id: ID.buyer,
  name: 'Bea',
  roles: ['buyer'],
};

export const JOB: Job = {
  id: ID.job,
  kind: 'price',
  order: ID.order,
  state: 'dead',
  attempt: 5,
  drive: 0,
  due: AT,
  share: null,
  outcome: 'storage_away',
  message: 'the storage does not answer',
  createdAt: AT,
};

export const EVENT: PartnerEvent = {
  id: ID.event,
  order: ID.order,
  reference: 'PO-4711',
  version: 4,
  type: 'priced',
  at: AT,
  status: 'PRICE_CALCULATED',
  data: { by: { role: 'system' }, from: 'PRICING', to: 'PRICE_CALCULATED', lastedMs: 900, price: PRICE },
};

export const USER: User = {
  id: ID.user,
  login: 'olga-north',
  name: 'Olga',
  roles: ['operator'],
  site: 'north',
  createdAt: AT,
  disabledAt: null,
};
