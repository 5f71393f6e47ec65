/** Users and orders of a node under test, as far as they are wanted. */
import { randomUUID } from 'node:crypto';
import type { Core } from '../../src/core.ts';
import { generatePassword } from '../../src/identity/passwords.ts';
import { addUser } from '../../src/identity/users.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { signIn } from '../_kit/api.ts';
import { binaryStl, sphere } from '../_kit/solids.ts';
import { SOLID } from '../actors/world.ts';
import type { Rest } from './open-rest.ts';
import { hashOf } from './wire-rest.ts';

export const STL = binaryStl(sphere(5, 16));
export const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };

export function helpers(
  url: string,
  { pool }: Core,
  runtime: Runtime,
): Pick<Rest, 'as' | 'orderOf' | 'priced' | 'system'> {
  const system = async (kind: string, actor: string, command: { type: string }): Promise<Answer> => {
    const issuer = { role: 'system', roles: ['system'], id: 'test', tenant: 'system' };
    const envelope = { kind, actor, commandId: randomUUID(), issuer, command, repeatable: false };
    const answer = await runtime.send({ ...envelope, hash: hashOf(envelope) });
    if (!answer.ok) throw new Error(`${command.type}: ${answer.code} ${JSON.stringify(answer.details)}`);
    return answer;
  };
  const price = async (id: string): Promise<void> => {
    const job = { revision: 1, job: randomUUID() };
    const amount = { amount: 2_500, currency: 'EUR', lines: [{ name: 'All', amount: 2_500 }] };
    const command = {
      type: 'priced',
      ...job,
      ...amount,
      facts: { ...SOLID, sizeMm: [...SOLID.sizeMm] },
      tariff: 't',
      validMs: 60_000,
    };
    await system('order', id, command);
  };
  return {
    system,
    priced: price,
    async as(role, { site, limit = 5 } = {}) {
      const { password, hash } = await generatePassword();
      const login = `${role}-${randomUUID()}`;
      const at = site === undefined ? {} : { site };
      const person = await addUser(pool, { login, name: `${role} ${login.slice(-4)}`, roles: [role], hash, ...at });
      if (role === 'operator') {
        await system('operator', person!.id, { type: 'hire', site: site ?? 'north', limit } as never);
      }
      const api = await signIn(url, { login, password });
      if (role === 'operator') await api.post('/api/operators/me/start-shift');
      return api;
    },
    async orderOf(buyer, until = 'INITIATED') {
      const { model } = (await buyer.upload(STL, 'ring.stl')).body;
      const made = await buyer.post('/api/orders', { model, settings: SETTINGS, site: 'north' }, { key: randomUUID() });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      if (until === 'INITIATED') return made.body;
      await buyer.order(made.body.id, 'submit');
      await price(made.body.id);
      if (until === 'PRICE_CALCULATED') return (await buyer.get(`/api/orders/${made.body.id}`)).body;
      return (await buyer.order(made.body.id, 'approve', { priceVersion: 1 })).body;
    },
  };
}
