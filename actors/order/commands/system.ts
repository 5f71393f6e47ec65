/** What only jobs, timers and duties send: no credential gives the role. What is not true any more is refused. */
import Type from 'typebox';
import { systemCommand } from '../../command-table.ts';
import { Count, fields, line, Name, Uuid, whole } from '../../fields.ts';
import { DEADLINES } from '../../jobs.ts';
import { operatorFact } from '../facts.ts';
import { Amount, Currency, ModelFactsFields, ofCapture, ofJob } from './shapes.ts';

const TEN_YEARS_MS = 315_360_000_000;
const ofPricing = { ...ofJob, revision: Count };

export const SYSTEM_COMMANDS = {
  'pricing-started': systemCommand(
    'A worker has begun to calculate the price; `storage`: it waits until the model can be read.',
    fields({ ...ofPricing, storage: Type.Optional(Type.Literal(true)) }),
  ),
  priced: systemCommand(
    'The calculated price.',
    fields({
      ...ofPricing,
      facts: ModelFactsFields,
      amount: Amount,
      currency: Currency,
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
    fields({ ...ofPricing, reason: Name, facts: Type.Optional(ModelFactsFields) }),
  ),
  expire: systemCommand(
    'Nobody has submitted the order; `version` tells which of its clocks has run out.',
    fields({ ...ofJob, version: Count }),
  ),
  'deadline-passed': systemCommand(
    'The deadline of this name has passed; `version` tells which one of that name.',
    fields({ ...ofJob, name: Type.Enum([...DEADLINES]), version: Count }),
  ),
  'release-absent': systemCommand('The holder has been away for too long.', fields(ofCapture)),
  'let-go': systemCommand('The shift of its holder is over.', fields({ operator: Uuid }), ({ operator }) => [
    operatorFact(operator),
  ]),
};
