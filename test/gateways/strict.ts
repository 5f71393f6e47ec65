/** Schemas taken at their word: a field that they do not name must not be there, though clients must bear with new ones. */
import * as Schema from 'typebox/schema';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same, closed wherever it does not say that more may stand there. */
export function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (!isObject(schema)) return schema;
  const inside = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' || key === 'patternProperties'
        ? Object.fromEntries(Object.entries(value as Json).map(([name, property]) => [name, strict(property)]))
        : strict(value),
    ]),
  );
  return isObject(schema['properties']) && !('additionalProperties' in schema)
    ? { ...inside, additionalProperties: false }
    : inside;
}

const compiled = new Map<unknown, (value: unknown) => readonly object[]>();

function checkerOf(schema: unknown): (value: unknown) => readonly object[] {
  const known = compiled.get(schema);
  if (known) return known;
  const closed = strict(JSON.parse(JSON.stringify(schema))) as Schema.XSchema;
  const check = (value: unknown): readonly object[] => Schema.Errors({}, closed, value)[1];
  compiled.set(schema, check);
  return check;
}

/** What is wrong with the value, in words; none = it is as described and has nothing more. */
export const faultsOf = (schema: unknown, value: unknown): string[] =>
  checkerOf(schema)(value).map((fault) => {
    const { instancePath, message, params } = fault as { instancePath: string; message: string; params: object };
    return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
