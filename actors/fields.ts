/**
 * Fields that commands are made of. Text excludes control characters and lone surrogates: Postgres takes neither U+0000
 * nor half a character.
 */
import Type, { type TProperties } from 'typebox';

/** Id of a material, finish, site, reason: as in the tariffs. */
export const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,59}$', description: 'an id from the catalogue' });

export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', description: 'a UUID' });

/** One line of text. */
export const line = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\p{Cc}\\p{Cs}]*$',
    description: 'text without control characters',
  });

/** Free text; line breaks and tabs are welcome. */
export const text = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?:[^\\p{Cc}\\p{Cs}]|[\\n\\r\\t])*$',
    description: 'text without control characters, except line breaks and tabs',
  });

export const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

/** Version, revision or epoch of something. */
export const Count = whole(0, 2 ** 31 - 1);

export const fields = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
