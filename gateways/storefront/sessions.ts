/** Signing in, up and out. */

import { isLoopback, networkOf } from '../../src/http/address.ts';
import { principalIn } from '../../src/http/caller.ts';
import { noSessionCookie, sessionCookie } from '../../src/http/cookies.ts';
import { forbidden, tooMany } from '../../src/http/fail.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import type { Call, Reply, Route } from '../../src/http/route.ts';
import type { Signed } from '../../src/identity/identity.ts';
import * as rest from '../contract/rest.ts';
import type { LogIn, Session, SignUp } from '../contract/session.ts';
import type { StorefrontDeps } from './deps.ts';

export function sessionRoutes({ identity, signUp }: Pick<StorefrontDeps, 'identity' | 'signUp'>): Route[] {
  const signUps = new RateLimit(signUp.perMinute, () => performance.now() / 60);
  return [
    {
      endpoint: rest.openSession,
      handle: async (call) => {
        const { login, password } = call.body as LogIn; // checked by the endpoint's schema
        return signed(call, await identity.logIn({ login, password, address: call.address }));
      },
    },
    {
      endpoint: rest.signUp,
      faults: (_, { login, password }) =>
        String(login).toLowerCase() === String(password).toLowerCase()
          ? [{ path: '/password', rule: 'must not be the login' }]
          : [],
      handle: async (call) => {
        if (!signUp.open) throw forbidden();
        const counted = !isLoopback(call.address);
        if (counted && !signUps.take(networkOf(call.address)))
          throw tooMany(signUp.perMinute, 'too many sign-ups a minute', Math.ceil(60 / signUp.perMinute));
        return signed(call, await identity.signUp(call.body as SignUp, 'buyer'));
      },
    },
    { endpoint: rest.renewSession, handle: async (call) => signed(call, await identity.renew(principalIn(call))) },
    {
      endpoint: rest.closeSession,
      handle: async (call) => {
        await identity.logOut(principalIn(call));
        return { body: { ok: true }, headers: { 'Set-Cookie': noSessionCookie(call.secure) } };
      },
    },
  ];
}

function signed(call: Call, { token, principal }: Signed): Reply {
  const { id, name, roles, site, expiresAt } = principal;
  const body: Session = {
    token,
    expiresAt: new Date(expiresAt).toISOString(),
    id,
    name,
    roles: [...roles] as Session['roles'],
    ...(site === undefined ? {} : { site }),
  };
  return { body, headers: { 'Set-Cookie': sessionCookie(token, expiresAt, call.secure) } };
}
