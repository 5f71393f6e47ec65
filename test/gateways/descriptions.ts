/** What the tests of the two descriptions look for in them. */
import * as Schema from 'typebox/schema';

type Json = Readonly<Record<string, unknown>>;

const META = Schema.Meta['https://json-schema.org/draft/2020-12/schema'];
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What makes this no schema of JSON Schema 2020-12. */
export const metaFaults = (schema: unknown): readonly object[] => Schema.Errors(Schema.Meta, META, schema)[1];

/** All `$ref`s. */
export function references(value: unknown): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === '$ref' && typeof one === 'string' ? [one] : references(one),
  );
}

/** What a reference within the document points to. */
export function pointed(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (isObject(at) ? (at as Json)[part.replaceAll('~1', '/')] : undefined), document);
}

/** Schemas of a document, each with where it stands: values of `schema`, `payload`, and the named ones. */
export function* everySchema(value: unknown, where = ''): Generator<readonly [string, unknown]> {
  if (!isObject(value)) return;
  for (const [key, one] of Object.entries(value)) {
    const at = `${where}/${key}`;
    if (key === 'examples' || key === 'example') continue;
    if (key === 'schema' || (key === 'payload' && !where.includes('/examples'))) yield [at, one];
    else if (key === 'schemas') for (const [name, schema] of Object.entries(one)) yield [`${at}/${name}`, schema];
    else yield* everySchema(one, at);
  }
}
