/** Commands of CRM and supervisors, and those that they share with the holder of an order. */
import Type from 'typebox';
import { command } from '../../command-table.ts';
import { fields, Name, text, whole } from '../../fields.ts';
import { tariffsFact, timesFact } from '../facts.ts';
import { Amount, Currency } from './shapes.ts';

const everywhere = ['api', 'mes'] as const;

export const OFFICE_COMMANDS = {
  'set-price': command({
    about: 'A person sets the price.',
    fields: fields({ amount: Amount, currency: Currency, reason: Name }),
    roles: ['crm'],
    facts: () => [tariffsFact, timesFact],
  }),
  reject: command({
    about: 'The order will not be made.',
    fields: fields({ reason: Name }),
    roles: ['crm'],
    facts: () => [tariffsFact],
  }),
  hold: command({
    about: 'Nobody may move the order on until it is resumed.',
    fields: fields({ reason: Name, note: Type.Optional(text(2_000)) }),
    roles: ['operator', 'supervisor', 'crm'],
    exposed: everywhere,
    facts: () => [tariffsFact],
  }),
  resume: command({
    about: 'Ends a hold.',
    fields: fields({}),
    roles: ['operator', 'supervisor', 'crm'],
    exposed: everywhere,
    facts: () => [timesFact],
  }),
  'accept-cancel': command({
    about: 'The order is cancelled, as was asked.',
    fields: fields({}),
    roles: ['operator', 'crm'],
    exposed: everywhere,
  }),
  'refuse-cancel': command({
    about: 'The order is made although its cancellation was asked for.',
    fields: fields({ reason: Name }),
    roles: ['operator', 'crm'],
    exposed: everywhere,
    facts: () => [tariffsFact],
  }),
  'set-priority': command({
    about: 'How urgent it is, 3 = most.',
    fields: fields({ priority: whole(0, 3) }),
    roles: ['supervisor'],
    exposed: everywhere,
  }),
  move: command({
    about: 'Another site makes it; number and price stay.',
    fields: fields({ site: Name }),
    roles: ['supervisor'],
    exposed: everywhere,
    facts: () => [tariffsFact],
  }),
  close: command({
    about: 'Nothing more will happen to the order.',
    fields: fields({}),
    roles: ['crm'],
  }),
};
