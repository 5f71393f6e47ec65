/** Accounts of the staff, for those who look after them. */
import Type, { type Static } from 'typebox';
import { fields, line, Name } from '../../actors/fields.ts';
import { STAFF } from '../../actors/roles.ts';
import { LOOKERS } from '../../actors/staff.ts';
import type { Endpoint } from './endpoint.ts';
import { nullable, page, Time, Uuid } from './shapes.ts';

const StaffRole = Type.Enum([...STAFF]);

export const User = Type.Object({
  id: Uuid,
  login: Type.String(),
  name: Type.String(),
  roles: Type.Array(StaffRole),
  site: nullable(Type.String()),
  createdAt: Time,
  disabledAt: nullable(Time),
});
export type User = Static<typeof User>;

/** `password`: told this once; only its hash is kept. */
export const UserWithPassword = Type.Object({ user: User, password: Type.String() });
export type UserWithPassword = Static<typeof UserWithPassword>;
export const ChangedUser = Type.Object({
  user: User,
  sessions: Type.Integer({ description: 'so many sessions of the user ended with it' }),
});
export type ChangedUser = Static<typeof ChangedUser>;

export const UsersQuery = fields({
  site: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'part of a name or login, in any case' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});
export type UsersQuery = Static<typeof UsersQuery>;

/** `site` absent: the caller's, if it is bound to one. */
export const NewUser = fields({
  login: Type.String({ pattern: '^[^\\s\\p{Cc}\\p{Cs}]{3,100}$', description: '3-100 characters, no spaces' }),
  name: line(200),
  roles: Type.Array(StaffRole, { minItems: 1, maxItems: STAFF.length, uniqueItems: true }),
  site: Type.Optional(Name),
});
export type NewUser = Static<typeof NewUser>;

const roles = [...LOOKERS];
const define = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const listUsers = define({
  name: 'users',
  method: 'GET',
  path: '/api/users',
  about: 'Accounts that the caller looks after, by login; those who are disabled among them.',
  access: 'session',
  roles,
  query: UsersQuery,
  status: 200,
  answer: page(User),
});
export const addUser = define({
  name: 'add-user',
  method: 'POST',
  path: '/api/users',
  about: 'A new account, with a password that is told once. An operator has all skills and is off shift.',
  access: 'session',
  roles,
  body: NewUser,
  key: 'required',
  unversioned: true,
  codes: ['login_taken'],
  status: 201,
  answer: UserWithPassword,
});
export const setPassword = define({
  name: 'set-user-password',
  method: 'POST',
  path: '/api/users/:id/set-password',
  about: 'A new password, told once; all sessions of the user end.',
  access: 'session',
  roles,
  body: fields({}),
  key: 'optional',
  unversioned: true,
  status: 200,
  answer: UserWithPassword,
});
export const disableUser = define({
  name: 'disable-user',
  method: 'POST',
  path: '/api/users/:id/disable',
  about: 'Nobody signs in with this account any more, and all its sessions end. Twice is as once.',
  access: 'session',
  roles,
  body: fields({}),
  status: 200,
  answer: ChangedUser,
});
export const enableUser = define({
  name: 'enable-user',
  method: 'POST',
  path: '/api/users/:id/enable',
  about: 'The account may sign in again, with the password it had. Twice is as once.',
  access: 'session',
  roles,
  body: fields({}),
  status: 200,
  answer: ChangedUser,
});

export const USER_ENDPOINTS: readonly Endpoint[] = [listUsers, addUser, setPassword, disableUser, enableUser];
