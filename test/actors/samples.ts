/** One command of each kind with fields that fit its schema, and who may send it as the design draws it. */
import type { OperatorCommand } from '../../actors/operator/commands.ts';
import type { OrderCommand } from '../../actors/order/commands.ts';
import { MODEL, OLGA, OTTO, SETTINGS, SOLID } from './world.ts';

const job = '70b00000-0000-4000-8000-000000000001';
const epoch = 1;
const facts = { ...SOLID, sizeMm: [21, 21, 6] as [number, number, number] };
const lines = [
  { name: 'Set-up', amount: 1_500 },
  { name: 'Silver 925', amount: 2_117 },
];

export const ORDER_SAMPLES: { readonly [Name in OrderCommand['type']]: Extract<OrderCommand, { type: Name }> } = {
  create: { type: 'create', model: MODEL.id, settings: SETTINGS },
  'attach-model': { type: 'attach-model', model: MODEL.id },
  'change-settings': { type: 'change-settings', settings: { ...SETTINGS, quantity: 2 } },
  submit: { type: 'submit' },
  requote: { type: 'requote' },
  approve: { type: 'approve', priceVersion: 1 },
  'request-cancel': { type: 'request-cancel', reason: 'changed-mind' },
  capture: { type: 'capture', epoch },
  release: { type: 'release', epoch, reason: 'machine-down' },
  'hand-over': { type: 'hand-over', epoch, to: OTTO.id },
  'accept-hand-over': { type: 'accept-hand-over', epoch },
  'decline-hand-over': { type: 'decline-hand-over', epoch },
  start: { type: 'start', epoch },
  complete: { type: 'complete', epoch },
  rework: { type: 'rework', reason: 'surface' },
  pack: { type: 'pack' },
  ship: { type: 'ship', carrier: 'DHL', tracking: 'JD0001' },
  delivered: { type: 'delivered' },
  'set-price': { type: 'set-price', amount: 9_900, currency: 'EUR', reason: 'shape' },
  reject: { type: 'reject', reason: 'not-makeable' },
  hold: { type: 'hold', reason: 'quality' },
  resume: { type: 'resume' },
  'accept-cancel': { type: 'accept-cancel' },
  'refuse-cancel': { type: 'refuse-cancel', reason: 'nearly-done' },
  'set-priority': { type: 'set-priority', priority: 2 },
  move: { type: 'move', site: 'south' },
  close: { type: 'close' },
  'pricing-started': { type: 'pricing-started', job, revision: 1 },
  priced: {
    type: 'priced',
    job,
    revision: 1,
    facts,
    amount: 3_617,
    currency: 'EUR',
    lines,
    tariff: 'hash-north',
    validMs: 604_800_000,
  },
  'pricing-failed': { type: 'pricing-failed', job, revision: 1, reason: 'not-closed' },
  expire: { type: 'expire', job, version: 1 },
  'deadline-passed': { type: 'deadline-passed', job, name: 'cancellation', version: 7 },
  'release-absent': { type: 'release-absent', epoch },
  'let-go': { type: 'let-go', operator: OLGA.id },
};

export const OPERATOR_SAMPLES: {
  readonly [Name in OperatorCommand['type']]: Extract<OperatorCommand, { type: Name }>;
} = {
  hire: { type: 'hire', site: 'north', limit: 5 },
  'start-shift': { type: 'start-shift' },
  'end-shift': { type: 'end-shift' },
  'set-limit': { type: 'set-limit', limit: 7 },
  'set-skills': { type: 'set-skills', skills: ['brass'] },
};

/** Role by role as the design's table says; the command tables must say the same. */
export const MATRIX: Readonly<Record<string, readonly string[]>> = {
  create: ['buyer', 'partner'],
  'attach-model': ['buyer', 'partner', 'crm'],
  'change-settings': ['buyer', 'partner', 'crm'],
  submit: ['buyer', 'partner'],
  requote: ['buyer', 'partner', 'crm'],
  approve: ['buyer', 'partner', 'crm'],
  'request-cancel': ['buyer', 'partner', 'crm'],
  capture: ['operator'],
  release: ['operator', 'supervisor'],
  'hand-over': ['operator', 'supervisor'],
  'accept-hand-over': ['operator'],
  'decline-hand-over': ['operator'],
  start: ['operator'],
  complete: ['operator'],
  rework: ['quality', 'supervisor'],
  pack: ['packer'],
  ship: ['packer'],
  delivered: ['carrier', 'crm'],
  close: ['crm'],
  'set-price': ['crm'],
  reject: ['crm'],
  hold: ['operator', 'supervisor', 'crm'],
  resume: ['operator', 'supervisor', 'crm'],
  'accept-cancel': ['operator', 'crm'],
  'refuse-cancel': ['operator', 'crm'],
  'set-priority': ['supervisor'],
  move: ['supervisor'],
  'pricing-started': ['system'],
  priced: ['system'],
  'pricing-failed': ['system'],
  expire: ['system'],
  'deadline-passed': ['system'],
  'release-absent': ['system'],
  'let-go': ['system'],
  hire: ['supervisor', 'system'],
  'start-shift': ['operator', 'supervisor'],
  'end-shift': ['operator', 'supervisor'],
  'set-limit': ['supervisor'],
  'set-skills': ['supervisor'],
};
