import type { OrderCommandNamed } from '../../actors/order/commands.ts';
import { MINUTE } from './given.ts';
import { SOLID } from './world.ts';

export const SEVEN_DAYS = 7 * 24 * 60 * MINUTE;
/** Of which job, for which revision, a price comes. */
export const job = '70b00000-0000-4000-8000-000000000001';
export const ofJob = { revision: 1, job };

/** What the job tells when it has calculated. */
export const result = (): OrderCommandNamed<'priced'> => ({
  type: 'priced',
  ...ofJob,
  facts: { ...SOLID, sizeMm: [21, 21, 6] },
  amount: 3_617,
  currency: 'EUR',
  lines: [
    { name: 'Set-up', amount: 1_500 },
    { name: 'Silver 925', amount: 2_117 },
  ],
  tariff: 'hash-north',
  validMs: SEVEN_DAYS,
});
