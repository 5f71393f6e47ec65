/** Model files: up they go as bytes; what is known of them, and the bytes, come back to those who may have them. */
import { createHash } from 'node:crypto';
import { isStaff } from '../../actors/policy.ts';
import type { StoredModel } from '../../src/files/models.ts';
import { takeUpload } from '../../src/files/take-upload.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked, Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { MODEL_TYPE, type Model, THUMB_TYPE } from '../contract/model.ts';
import { renderFacts } from '../contract/order.ts';
import * as rest from '../contract/rest.ts';
import type { StorefrontDeps } from './deps.ts';

/** A model never changes, nor does its picture. */
const KEPT = 'private, max-age=86400, immutable';

/** A partner's models belong to the company, a buyer's to the person. */
const owns = (model: StoredModel, { tenant, id, roles }: Principal): boolean =>
  model.tenant === tenant && (model.owner === id || roles.includes('partner'));

type ModelDeps = Pick<StorefrontDeps, 'models' | 'modelAtSite'>;

/** Staff of a site reads what that site's orders use, staff without one everything. Throws `not_found`. */
async function readableModel({ models, modelAtSite }: ModelDeps, asked: Asked): Promise<StoredModel> {
  const principal = principalIn(asked);
  const model = await models.stat(idIn(asked));
  if (model === undefined) throw notFound();
  if (owns(model, principal)) return model;
  const { roles, site } = principal;
  if (isStaff(roles) && (site === undefined || (await modelAtSite(model.id, site)))) return model;
  throw notFound();
}

export function modelRoutes(deps: ModelDeps): Route[] {
  const { models } = deps;
  return [
    {
      endpoint: rest.uploadModel,
      handle: (call) => takeUpload(models, call),
    },
    {
      endpoint: rest.readModel,
      handle: async (call) => {
        const { id, name, bytes, measured } = await readableModel(deps, call);
        const facts = measured?.facts;
        const body: Model = { id, name, bytes, ...(facts ? { facts: renderFacts(facts) } : {}) };
        return { body };
      },
    },
    {
      endpoint: rest.readModelFile,
      handle: async (call) => {
        const { name, bytes, sha256 } = await readableModel(deps, call);
        return { version: sha256, file: { path: await models.file({ sha256 }), bytes, type: MODEL_TYPE, name } };
      },
    },
    {
      endpoint: rest.readModelThumb,
      handle: async (call) => {
        const content = await models.thumb(await readableModel(deps, call));
        if (content === undefined) throw notFound();
        const version = createHash('sha256').update(content).digest('hex');
        return { version, headers: { 'Cache-Control': KEPT }, image: { type: THUMB_TYPE, content } };
      },
    },
  ];
}
