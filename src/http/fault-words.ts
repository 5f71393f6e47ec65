/** The rule that a schema's fault breaks, in words for whoever sent it: what is allowed, never how it is checked. */
import type { TSchema } from 'typebox';

/** One fault as the compiled schemas tell it. */
export interface Found {
  readonly keyword: string;
  /** Pointer to the schema, as a fragment: `#/properties/lane`. */
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'must be text',
  integer: 'must be a whole number',
  number: 'must be a number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  null: 'must be null',
};

/** Longer lists are not told: nobody reads them. */
const MOST_CHOICES = 30;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function schemaAt(schema: TSchema, path: string): Json {
  let at: unknown = schema;
  for (const step of path.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isJson(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return isJson(at) ? at : {};
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** What may stand there, where that can be listed: the values, and the forms that have a description. */
function choicesOf(schema: Json): string | undefined {
  const branches = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as unknown[]) : undefined;
  const values = Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]).map(String) : branches?.map(formOf);
  if (values === undefined || values.length > MOST_CHOICES) return undefined;
  const words = values.filter((word) => word !== undefined);
  return words.length === values.length ? listed(words) : undefined;
}

function formOf(branch: unknown): string | undefined {
  if (!isJson(branch)) return undefined;
  if ('const' in branch) return String(branch['const']);
  if (branch['type'] === 'null') return 'null';
  return typeof branch['description'] === 'string' && 'pattern' in branch ? branch['description'] : choicesOf(branch);
}

export function wordsOf(schema: TSchema, { keyword, schemaPath, params, message }: Found): string {
  const its = schemaAt(schema, schemaPath);
  const given = params as Json;
  const description = its['description'];
  switch (keyword) {
    case 'type':
      return TYPES[String(given['type'])] ?? message;
    case 'pattern':
      return typeof description === 'string' ? `must be ${description}` : message;
    case 'const':
      return `must be ${String(given['allowedValue'])}`;
    case 'enum':
    case 'anyOf':
      return `must be ${choicesOf(its) ?? 'one of the allowed forms'}`;
    case 'minimum':
      return `must be at least ${String(given['limit'])}`;
    case 'maximum':
      return `must be at most ${String(given['limit'])}`;
    default:
      return message;
  }
}

/** For a field that is not there: also what it may be. */
export function requiredWords(schema: TSchema, schemaPath: string, field: string): string {
  const { properties } = schemaAt(schema, schemaPath);
  const its = isJson(properties) && Object.hasOwn(properties, field) ? properties[field] : undefined;
  const choices = isJson(its) ? choicesOf(its) : undefined;
  return choices === undefined ? 'required' : `required: ${choices}`;
}
