/** Whether a site makes what somebody asks for: faults by JSON pointer, none = it does. */
import type { FieldFault } from '../command-table.ts';
import type { Tariff } from './tariff.ts';

/** As in an order's settings. */
export interface Wanted {
  readonly material: string;
  readonly finish: string;
  readonly quantity: number;
  readonly urgency: string;
}

export function settingsFaults(tariff: Tariff, wanted: Wanted): FieldFault[] {
  const faults: FieldFault[] = [];
  const material = tariff.materials.find(({ id }) => id === wanted.material);
  if (material === undefined) faults.push({ path: '/settings/material', rule: 'unknown material' });
  if (!tariff.finishes.some(({ id }) => id === wanted.finish)) {
    faults.push({ path: '/settings/finish', rule: 'unknown finish' });
  } else if (material !== undefined && !material.finishes.includes(wanted.finish)) {
    faults.push({ path: '/settings/finish', rule: 'not a finish of this material' });
  }
  if (!tariff.urgencies.some(({ id }) => id === wanted.urgency)) {
    faults.push({ path: '/settings/urgency', rule: 'unknown urgency' });
  }
  if (wanted.quantity > tariff.limits.quantity) {
    faults.push({ path: '/settings/quantity', rule: `at most ${tariff.limits.quantity}` });
  }
  return faults;
}

/** A reason must be one of the catalogue's for that command. */
export const reasonFaults = (tariff: Tariff, command: string, reason: string): FieldFault[] =>
  tariff.reasons[command]?.some(({ id }) => id === reason) ? [] : [{ path: '/reason', rule: 'unknown reason' }];
