/** Commands of those who order; CRM sends some of them for them. */
import Type from 'typebox';
import { command } from '../../command-table.ts';
import { Count, fields, line, Name, text, Uuid } from '../../fields.ts';
import { modelFact, numberFact, tariffsFact, timesFact } from '../facts.ts';
import { SettingsFields } from './shapes.ts';

export const CUSTOMER_COMMANDS = {
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
    facts: ({ model }) => [numberFact, modelFact(model), tariffsFact, timesFact],
  }),
  'attach-model': command({
    about: 'Another model; price and approval are void, after submission a new price is calculated.',
    fields: fields({ model: Uuid }),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
    facts: ({ model }) => [modelFact(model)],
  }),
  'change-settings': command({
    about: 'Other settings; price and approval are void, after submission a new price is calculated.',
    fields: fields({ settings: SettingsFields }),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
    facts: () => [tariffsFact],
  }),
  submit: command({
    about: 'Asks for a price.',
    fields: fields({}),
    roles: ['buyer', 'partner'],
    exposed: ['api', 'partners'],
    facts: () => [tariffsFact, timesFact],
  }),
  requote: command({
    about: 'Asks for a new price instead of one that has expired.',
    fields: fields({}),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
  }),
  approve: command({
    about: 'Accepts a price: the order goes to the floor.',
    fields: fields({ priceVersion: Count }),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
    keyRequired: true,
    facts: () => [tariffsFact],
  }),
  'request-cancel': command({
    about: 'Cancels an order nobody has taken yet; else asks holder and CRM.',
    fields: fields({ reason: Name }),
    roles: ['buyer', 'partner', 'crm'],
    exposed: ['api', 'partners'],
    facts: () => [tariffsFact, timesFact],
  }),
};
