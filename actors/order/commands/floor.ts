/** Commands of the floor: work, its passing on, the way out of the house. */
import Type from 'typebox';
import { command } from '../../command-table.ts';
import { fields, line, Name, Uuid } from '../../fields.ts';
import { operatorFact, tariffsFact, timesFact } from '../facts.ts';
import { ofCapture } from './shapes.ts';

const exposed = ['api', 'mes'] as const;

export const FLOOR_COMMANDS = {
  capture: command({
    about: 'An operator takes the order; names the epoch on its card.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed,
    facts: (_, issuer) => [operatorFact(issuer.id)],
  }),
  release: command({
    about: 'Gives the order back; a supervisor may, with a reason.',
    fields: fields({ ...ofCapture, reason: Type.Optional(Name) }),
    roles: ['operator', 'supervisor'],
    exposed,
    facts: ({ reason }) => (reason === undefined ? [] : [tariffsFact]),
    check: ({ reason }, issuer) =>
      issuer.role === 'supervisor' && reason === undefined
        ? [{ path: '/reason', rule: 'required of a supervisor' }]
        : [],
  }),
  'hand-over': command({
    about: 'Offers the order to another operator; its holder keeps it until the other accepts.',
    fields: fields({ ...ofCapture, to: Uuid }),
    roles: ['operator', 'supervisor'],
    exposed,
    facts: ({ to }) => [operatorFact(to), timesFact],
  }),
  'accept-hand-over': command({
    about: 'Takes the order that was offered.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed,
    facts: (_, issuer) => [operatorFact(issuer.id)],
  }),
  'decline-hand-over': command({
    about: 'Does not take the order that was offered; it stays with its holder.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed,
  }),
  start: command({
    about: 'The holder begins to make it.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed,
  }),
  complete: command({
    about: 'The holder has made it; order and slot become free.',
    fields: fields(ofCapture),
    roles: ['operator'],
    exposed,
  }),
  rework: command({
    about: 'What was made is not good: it is made again, more urgently.',
    fields: fields({ reason: Name }),
    roles: ['quality', 'supervisor'],
    exposed,
    facts: () => [tariffsFact],
  }),
  pack: command({
    about: 'Packing has begun.',
    fields: fields({}),
    roles: ['packer'],
    exposed,
  }),
  ship: command({
    about: 'Given to a carrier.',
    fields: fields({ carrier: line(100), tracking: line(100) }),
    roles: ['packer'],
    exposed,
  }),
  delivered: command({
    about: 'The customer has it.',
    fields: fields({}),
    roles: ['carrier', 'crm'],
    facts: () => [timesFact],
  }),
};
