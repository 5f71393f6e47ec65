/** Whether somebody makes what is asked for: all faults at once, by JSON pointer, none = it can be made. */
import type { FieldFault } from '../command-table.ts';
import type { Tariff } from './tariff.ts';

/** As in an order's settings. */
export interface Wanted {
  readonly material: string;
  readonly finish: string;
  readonly quantity: number;
  readonly urgency: string;
}

export const makes = (tariff: Tariff, { material, finish, quantity, urgency }: Wanted): boolean =>
  takes(tariff, material, finish) && hurries(tariff, urgency) && quantity <= tariff.limits.quantity;

/**
 * `site`: where it is to be made; undefined = anywhere. What a site does not make others may: the words tell that from
 * what nobody makes, and where the site itself is unknown the rest is held against all of them.
 */
export function settingsFaults(book: readonly Tariff[], site: string | undefined, wanted: Wanted): FieldFault[] {
  const unknown = { path: '/site', rule: 'unknown site' };
  if (book.length === 0) return [unknown];
  const named = book.find((tariff) => tariff.site === site);
  if (named !== undefined) return fieldFaults(book, [named], ` at ${named.site}`, wanted);
  const faults = fieldFaults(book, book, '', wanted);
  if (site !== undefined) return [unknown, ...faults];
  if (faults.length > 0 || book.some((tariff) => makes(tariff, wanted))) return faults;
  return [{ path: '/settings', rule: 'no site makes all of this together' }];
}

/** `here`: the sites that count, of all in `book`; `at` = which they are, in words. */
function fieldFaults(
  book: readonly Tariff[],
  here: readonly Tariff[],
  at: string,
  { material, finish, quantity, urgency }: Wanted,
): FieldFault[] {
  const rules: readonly [string, string | undefined][] = [
    ['/settings/material', told(book, here, (tariff) => works(tariff, material), 'unknown material', `not made${at}`)],
    ['/settings/finish', finishFault(book, here, at, material, finish)],
    [
      '/settings/urgency',
      told(book, here, (tariff) => hurries(tariff, urgency), 'unknown urgency', `not offered${at}`),
    ],
    ['/settings/quantity', quantityFault(here, at, quantity)],
  ];
  return rules.flatMap(([path, rule]) => (rule === undefined ? [] : [{ path, rule }]));
}

function finishFault(
  book: readonly Tariff[],
  here: readonly Tariff[],
  at: string,
  material: string,
  finish: string,
): string | undefined {
  const fault = told(book, here, (tariff) => finishes(tariff, finish), 'unknown finish', `not made${at}`);
  // A material that is not made here is one fault, not two: then only what no site does with it is told besides.
  const makers = book.filter((tariff) => works(tariff, material));
  const fits = (tariff: Tariff): boolean => takes(tariff, material, finish);
  if (fault === 'unknown finish' || makers.length === 0) return fault;
  if (!makers.some(fits)) return 'not a finish of this material';
  const makersHere = here.filter((tariff) => works(tariff, material));
  return fault ?? (makersHere.length > 0 && !makersHere.some(fits) ? `not a finish of this material${at}` : undefined);
}

function quantityFault(here: readonly Tariff[], at: string, quantity: number): string | undefined {
  const most = Math.max(...here.map(({ limits }) => limits.quantity));
  return quantity > most ? `at most ${most}${at}` : undefined;
}

function told(
  book: readonly Tariff[],
  here: readonly Tariff[],
  does: (tariff: Tariff) => boolean,
  unknown: string,
  elsewhere: string,
): string | undefined {
  if (here.some(does)) return undefined;
  return book.some(does) ? elsewhere : unknown;
}

const works = ({ materials }: Tariff, material: string): boolean => materials.some(({ id }) => id === material);
const finishes = (tariff: Tariff, finish: string): boolean => tariff.finishes.some(({ id }) => id === finish);
const hurries = ({ urgencies }: Tariff, urgency: string): boolean => urgencies.some(({ id }) => id === urgency);
const takes = ({ materials }: Tariff, material: string, finish: string): boolean =>
  materials.some(({ id, finishes: taken }) => id === material && taken.includes(finish));

/** A reason must be one of the catalogue's for that command. */
export const reasonFaults = (tariff: Tariff, command: string, reason: string): FieldFault[] =>
  tariff.reasons[command]?.some(({ id }) => id === reason) ? [] : [{ path: '/reason', rule: 'unknown reason' }];
