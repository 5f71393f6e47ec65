/** Fields that several commands of an order have. */
import Type from 'typebox';
import { Count, fields, Name, Uuid, whole } from '../../fields.ts';

export const SettingsFields = fields({ material: Name, finish: Name, quantity: whole(1, 10_000), urgency: Name });

export const ModelFactsFields = fields({
  volumeMm3: Type.Number(),
  areaMm2: Type.Number(),
  sizeMm: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
  triangles: Count,
  shells: Count,
  closed: Type.Boolean(),
});

export const Amount = whole(0, 1_000_000_000_000);
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency by ISO 4217' });
/** As on the card. */
export const ofCapture = { epoch: Count };
/** The job that a result comes from; the append that takes the result finishes it. */
export const ofJob = { job: Uuid };
