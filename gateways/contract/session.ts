/** Signing in and up. */
import Type, { type Static } from 'typebox';
import { ROLES } from '../../actors/roles.ts';
import { Time, Uuid } from './shapes.ts';

/** Roles a person or partner may have; `system` is no one's. */
export const Role = Type.Enum([...ROLES.filter((role) => role !== 'system')]);
export type Role = Static<typeof Role>;

export const LogIn = Type.Object(
  { login: Type.String({ minLength: 1, maxLength: 200 }), password: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);
export type LogIn = Static<typeof LogIn>;

/** `contact`: an e-mail address or a telephone number; stands outside the log, deletable. */
export const SignUp = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    contact: Type.String({ minLength: 3, maxLength: 200 }),
    login: Type.String({ minLength: 3, maxLength: 100 }),
    password: Type.String({ minLength: 8, maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type SignUp = Static<typeof SignUp>;

export const Session = Type.Object({
  token: Type.String(),
  expiresAt: Time,
  id: Uuid,
  name: Type.String(),
  roles: Type.Array(Role),
  site: Type.Optional(Type.String()),
});
export type Session = Static<typeof Session>;
