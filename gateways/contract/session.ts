/** Signing in and up. */
import Type, { type Static } from 'typebox';
import { fields, line } from '../../actors/fields.ts';
import { ROLES } from '../../actors/roles.ts';
import { Time, Uuid } from './shapes.ts';

/** Roles a person or partner may have; `system` is no one's. */
export const Role = Type.Enum([...ROLES.filter((role) => role !== 'system')]);
export type Role = Static<typeof Role>;

export const LogIn = fields({
  login: Type.String({ minLength: 1, maxLength: 200 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});
export type LogIn = Static<typeof LogIn>;

/** `contact`: an e-mail address or a telephone number; stands outside the log, deletable. */
export const SignUp = fields({
  name: line(200),
  contact: line(200),
  login: Type.String({ pattern: '^[^\\s\\p{Cc}\\p{Cs}]{3,100}$', description: '3-100 characters, no spaces' }),
  password: Type.String({ minLength: 8, maxLength: 200 }),
});
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
