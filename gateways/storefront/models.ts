/** Model files of the caller: up they go as bytes, what is known of them comes back. */
import { fileName } from '../../src/files/file-name.ts';
import type { StoredModel } from '../../src/files/models.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { Model, UploadedModel } from '../contract/model.ts';
import { renderFacts } from '../contract/order.ts';
import * as rest from '../contract/rest.ts';
import type { StorefrontDeps } from './deps.ts';

/** A partner's models belong to the company, a buyer's to the person. */
const owns = (model: StoredModel, { tenant, id, roles }: Principal): boolean =>
  model.tenant === tenant && (model.owner === id || roles.includes('partner'));

export function modelRoutes({ models }: Pick<StorefrontDeps, 'models'>): Route[] {
  return [
    {
      endpoint: rest.uploadModel,
      handle: async (call) => {
        const { id: owner, tenant } = principalIn(call);
        const declared = call.header('content-length');
        const { model, replay } = await models.put({
          tenant,
          owner,
          name: fileName(call.header('x-filename')),
          source: call.source,
          ...(call.key === undefined ? {} : { key: call.key }),
          ...(declared === undefined ? {} : { declaredBytes: Number(declared) }),
        });
        const { id, name, bytes, sha256 } = model;
        const body: UploadedModel = { model: id, name, bytes, sha256, state: 'stored' };
        return { body, headers: replay ? { 'Idempotent-Replay': 'true' } : {} };
      },
    },
    {
      endpoint: rest.readModel,
      handle: async (call) => {
        const model = await models.stat(idIn(call));
        if (model === undefined || !owns(model, principalIn(call))) throw notFound();
        const { id, name, bytes, measured } = model;
        const facts = measured?.facts;
        const body: Model = { id, name, bytes, ...(facts ? { facts: renderFacts(facts) } : {}) };
        return { body };
      },
    },
  ];
}
