/** A problem of each code: what it carries besides. */
import { httpStatusOf } from '../problem.ts';
import { AT, ID, ORDER, PRICE } from './things.ts';

const DETAILS: Readonly<Record<string, object>> = {
  already_captured: { holder: { id: ID.operator, name: 'Olga' }, since: AT, epoch: 1 },
  stale_epoch: { epoch: 2, holder: null },
  wip_limit: { held: 5, limit: 5 },
  wrong_status: { status: 'MANUFACTURING_APPROVED', allowed: ['PRICE_CALCULATED'] },
  price_changed: { price: PRICE },
  nothing_pending: { what: 'hold' },
  reference_taken: { order: ID.order },
  version_changed: { order: ORDER },
  invalid: { errors: [{ path: '/settings/quantity', rule: 'must be at least 1' }] },
  not_a_model: { bytes: 0 },
  range_not_satisfiable: { bytes: 11_284 },
  too_large: { limit: 100_000_000 },
  too_many: { limit: 200 },
};

export const detailsExample = (code: string): object => DETAILS[code] ?? {};

export const problemExample = (code: string): object => ({
  status: httpStatusOf(code) ?? 500,
  ...detailsExample(code),
  type: `urn:andon:problem:${code}`,
  title: code.replaceAll('_', ' '),
  code,
});
