/** Partners of a node that is wired as in open-rest.ts: their keys, and what they send. */
import { randomUUID } from 'node:crypto';
import { SCOPES } from '../../gateways/contract/scopes.ts';
import { digestWith } from '../../src/identity/api-key.ts';
import { addPartnerKey } from '../../src/identity/partner-keys.ts';
import { Api, type CallOptions, type Reply } from '../_kit/api.ts';
import type { Rest } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';

export interface Partner {
  readonly api: Api;
  readonly name: string;
  /** The company's id. */
  readonly id: string;
  /** Of the key. */
  readonly keyId: string;
  readonly apiKey: string;
}

export interface KeyOptions {
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: number;
}

/** A key, of a new company unless named. */
export async function partnerOf({ core, url }: Pick<Rest, 'core' | 'url'>, options: KeyOptions = {}): Promise<Partner> {
  const { name = `partner ${randomUUID()}`, scopes = SCOPES, expiresAt } = options;
  const end = expiresAt === undefined ? {} : { expiresAt };
  const added = await addPartnerKey(core.pool, digestWith(core.config.secret), { partner: name, scopes, ...end });
  const { id: keyId, partnerId: id, apiKey } = added;
  return { api: new Api(url, { token: apiKey, id, name }), name, id, keyId, apiKey };
}

/** A write under a key of its own. */
export const send = (api: Api, path: string, body: unknown = {}, options: CallOptions = {}): Promise<Reply> =>
  api.post(path, body, { key: randomUUID(), ...options });

export async function modelOf(api: Api): Promise<string> {
  const { status, body } = await send(api, '/v1/models', STL, { headers: { 'x-filename': 'ring.stl' } });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.model;
}

export const orderFields = (model: string, reference?: string) => ({
  model,
  settings: SETTINGS,
  ...(reference === undefined ? {} : { reference }),
});
