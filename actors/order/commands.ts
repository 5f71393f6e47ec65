/**
 * The command table of an order: each command, its fields, who may send it and what it needs to know. REST routes,
 * socket commands, OpenAPI and policy come from it.
 */
import Type from 'typebox';
import { type CommandOf, command, systemCommand } from '../command-table.ts';
import { Count, fields, line, Name, text, Uuid, whole } from '../fields.ts';
import { modelFact, numberFact, operatorFact, tariffsFact, timesFact } from './facts.ts';

export const SettingsFields = fields({ material: Name, finish: Name, quantity: whole(1, 10_000), urgency: Name });

export const ModelFactsFields = fields({
  volumeMm3: Type.Number(),
  areaMm2: Type.Number(),
  sizeMm: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
  triangles: Count,
  shells: Count,
  closed: Type.Boolean(),
});

const TEN_YEARS_MS = 315_360_000_000;
const Amount = whole(0, 1_000_000_000_000);
/** The job that a result comes from; the append that takes the result finishes it. */
const ofJob = { revision: Count, job: Uuid };
const ofCapture = { epoch: Count };

export const ORDER_COMMANDS = {
  create: command({
    about: 'A new order of an uploaded model; not yet submitted.',
    fields: fields({
      model: Uuid,
      settings: SettingsFields,
      site: Type.Optional(Name),
      reference: Type.Optional(line(100)),
      contact: Type.Optional(text(500)),
      note: Type.Optional(text(2_000)),
    }),
    roles: ['buyer', 'partner'],
    exposed: ['api', 'partners'],
    keyRequired: true,
    creates: true,
    facts: ({ model }) => [numberFact, modelFact(model), tariffsFact],
  }),
  submit: command({
    about: 'Asks for a price.',
    fields: fields({}),
    roles: ['buyer', 'partner'],
    exposed: ['api', 'partners'],
  }),
  'pricing-started': systemCommand('A worker has begun to calculate the price.', fields(ofJob)),
  priced: systemCommand(
    'The calculated price.',
    fields({
      ...ofJob,
      facts: ModelFactsFields,
      amount: Amount,
      currency: Type.String({ pattern: '^[A-Z]{3}$' }),
      lines: Type.Array(fields({ name: line(200), amount: whole(-1_000_000_000_000, 1_000_000_000_000) }), {
        minItems: 1,
        maxItems: 50,
      }),
      tariff: line(200),
      validMs: whole(1, TEN_YEARS_MS),
    }),
  ),
  'pricing-failed': systemCommand(
    'No price could be calculated; a person has to look.',
    fields({ ...ofJob, reason: Name, facts: Type.Optional(ModelFactsFields) }),
  ),
  approve: command({
    about: 'Accepts a price: the order goes to the floor.',
    fields: fields({ priceVersion: Count }),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
    keyRequired: true,
    facts: () => [tariffsFact],
  }),
  capture: command({
    about: 'An operator takes the order; names the epoch on its card.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed: ['api', 'mes'],
    facts: (_, issuer) => [operatorFact(issuer.id)],
  }),
  release: command({
    about: 'Gives the order back; a supervisor may, with a reason.',
    fields: fields({ ...ofCapture, reason: Type.Optional(Name) }),
    roles: ['operator', 'supervisor'],
    exposed: ['api', 'mes'],
    facts: ({ reason }) => (reason === undefined ? [] : [tariffsFact]),
    check: ({ reason }, issuer) =>
      issuer.role === 'supervisor' && reason === undefined
        ? [{ path: '/reason', rule: 'required of a supervisor' }]
        : [],
  }),
  start: command({
    about: 'The holder begins to make it.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed: ['api', 'mes'],
  }),
  complete: command({
    about: 'The holder has made it; order and slot become free.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed: ['api', 'mes'],
  }),
  'request-cancel': command({
    about: 'Cancels an order nobody has taken yet; else asks holder and CRM.',
    fields: fields({ reason: Name }),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
    facts: () => [tariffsFact, timesFact],
  }),
};

export type OrderCommand = CommandOf<typeof ORDER_COMMANDS>;
export type OrderCommandType = OrderCommand['type'];
/** One command of the union by its name. */
export type OrderCommandNamed<Name extends OrderCommandType> = Extract<OrderCommand, { readonly type: Name }>;
