/** The command table of an operator. `me` and the id of another are the edges' words for the same address. */
import Type from 'typebox';
import { type CommandOf, command } from '../command-table.ts';
import { fields, Name, whole } from '../fields.ts';

const Limit = whole(1, 1_000);
const Skills = Type.Array(Name, { maxItems: 200, uniqueItems: true });

export const OPERATOR_COMMANDS = {
  hire: command({
    about: 'A new operator, off shift; without skills he may work every material.',
    fields: fields({ site: Name, limit: Limit, skills: Type.Optional(Skills) }),
    roles: ['system', 'supervisor'],
    exposed: [],
    creates: true,
  }),
  'start-shift': command({
    about: 'From now on the operator may capture orders.',
    fields: fields({}),
    roles: ['operator', 'supervisor'],
    selfOnly: ['operator'],
    exposed: ['api', 'mes'],
  }),
  'end-shift': command({
    about: 'The operator captures no more orders, and gives back those not begun.',
    fields: fields({}),
    roles: ['operator', 'supervisor'],
    selfOnly: ['operator'],
    exposed: ['api', 'mes'],
  }),
  'set-limit': command({
    about: 'Most orders that the operator may hold at once.',
    fields: fields({ limit: Limit }),
    roles: ['supervisor'],
    exposed: ['api', 'mes'],
  }),
  'set-skills': command({
    about: 'The materials that the operator may work.',
    fields: fields({ skills: Skills }),
    roles: ['supervisor'],
    exposed: ['api', 'mes'],
  }),
};

export type OperatorCommand = CommandOf<typeof OPERATOR_COMMANDS>;
