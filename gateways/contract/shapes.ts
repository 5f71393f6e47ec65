/** Small shapes that the others are made of. Browser-safe, like everything in this folder. */
import Type, { type Static, type TSchema } from 'typebox';

export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', description: 'a UUID' });
/** RFC 3339, UTC. */
export const Time = Type.String({ description: 'RFC 3339, UTC', examples: ['2026-11-20T12:00:00.000Z'] });

/** A member of staff; only staff sees it. */
export const Person = Type.Object({ id: Type.String(), name: Type.String() });
export type Person = Static<typeof Person>;

/** Who did something: for buyers and partners id and name only where it is themselves. */
export const By = Type.Object({
  role: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
});
export type By = Static<typeof By>;

/** By language (ISO 639-1), where a tariff has them: what a page shows instead of `name`. */
export const Names = Type.Optional(
  Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Type.String(), { description: 'by language, instead of `name`' }),
);
/** An entry of a list of the catalogue. */
export const Named = Type.Object({ id: Type.String(), name: Type.String(), names: Names });
export type Named = Static<typeof Named>;

/** Nothing more to say. */
export const Done = Type.Object({ ok: Type.Literal(true) });

/** A page of a list: `next` is an opaque cursor, null at the end. */
export const page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Who looks: decides what a renderer shows. `id` = the person or partner, absent for a guest with a link. */
export interface Viewer {
  readonly staff: boolean;
  readonly id?: string;
}

/** Display name of a member of staff; undefined where the directory does not know the id. */
export type NameOf = (id: string) => string | undefined;

export const person = (id: string, nameOf: NameOf): Person => ({ id, name: nameOf(id) ?? id });

/** Staff sees everybody, others only themselves. */
export function by(id: string, viewer: Viewer, nameOf: NameOf, role?: string): By {
  const shown = viewer.staff || viewer.id === id;
  const name = shown ? nameOf(id) : undefined;
  return {
    ...(role === undefined ? {} : { role }),
    ...(shown ? { id } : {}),
    ...(name === undefined ? {} : { name }),
  };
}
