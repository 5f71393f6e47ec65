/** Schemas at the edge: every fault with its JSON pointer and the rule it breaks, all of them together. */
import type { TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { type Fault, invalidInput } from '../errors.ts';
import { type Found, requiredWords, wordsOf } from './fault-words.ts';
import type { Fields } from './route.ts';

const MOST_FAULTS = 50;
// TypeBox stops at eight unless told; one field may take two of its.
Settings.Set({ maxErrors: 2 * MOST_FAULTS });
/** Ours have four levels. */
const MOST_DEPTH = 20;
const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function faultsOf(schema: TSchema, found: readonly Found[]): Fault[] {
  // Where no branch of a union fits, what each branch misses says less than that none fits.
  const unions = found.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  return found
    .flatMap((one): Fault[] => {
      const { keyword, instancePath: path, schemaPath, params } = one;
      if (keyword === 'required' && 'requiredProperties' in params) {
        return (params.requiredProperties as string[]).map((n) => ({
          path: `${path}/${pointer(n)}`,
          rule: requiredWords(schema, schemaPath, n),
        }));
      }
      if (keyword === 'boolean') return [{ path, rule: 'unknown field' }];
      if (keyword === 'additionalProperties') return [];
      return keyword !== 'anyOf' && unions.includes(path) ? [] : [{ path, rule: wordsOf(schema, one) }];
    })
    .slice(0, MOST_FAULTS);
}

/**
 * U+0000 and lone surrogates: JSON and schemas allow them, Postgres and UTF-8 do not. Not bounded by the schema, which may
 * leave fields open: without a limit of its own a value nested without end would take the stack, and the process with it.
 */
function badTexts(value: unknown, path: string, depth = 0): Fault[] {
  if (typeof value === 'string') {
    return value.includes('\u0000') || !value.isWellFormed() ? [{ path, rule: 'must be text without U+0000' }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth >= MOST_DEPTH) return [{ path, rule: `nested more than ${MOST_DEPTH} deep` }];
  return Object.entries(value).flatMap(([name, field]) => badTexts(field, `${path}/${pointer(name)}`, depth + 1));
}

/** All faults of a value, none = it fits. */
export type Check = (value: unknown) => readonly Fault[];

export function checker(schema: TSchema): Check {
  const compiled = Compile(schema);
  return (value) =>
    compiled.Check(value)
      ? badTexts(value, '').slice(0, MOST_FAULTS)
      : faultsOf(schema, compiled.Errors(value) as Found[]);
}

const wholeNumbers = (schema: TObject): ReadonlySet<string> =>
  new Set(
    Object.entries(schema.properties)
      .filter(([, property]) => 'type' in property && property.type === 'integer')
      .map(([name]) => name),
  );

/** Reads a query string by its schema: integers from digits; a repeated parameter is a fault. */
export function queryReader(schema: TObject): (query: URLSearchParams) => { fields: Fields; faults: readonly Fault[] } {
  const check = checker(schema);
  const whole = wholeNumbers(schema);
  return (query) => {
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const repeated: Fault[] = [];
    for (const [name, text] of query) {
      if (Object.hasOwn(fields, name)) repeated.push({ path: `/${pointer(name)}`, rule: 'only once' });
      fields[name] = whole.has(name) && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    }
    return { fields, faults: [...repeated, ...check(fields)] };
  };
}

export const refuseFaults = (faults: readonly Fault[]): void => {
  if (faults.length > 0) throw invalidInput(faults.slice(0, MOST_FAULTS));
};
