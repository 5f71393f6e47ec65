/** Model files of a partner: they belong to the company, whichever of its keys brought them. */
import { fileName } from '../../src/files/file-name.ts';
import { principalIn } from '../../src/http/caller.ts';
import type { Route } from '../../src/http/route.ts';
import type { UploadedModel } from '../contract/model.ts';
import { uploadPartnerModel } from '../contract/partners.ts';
import type { PartnerDeps } from './deps.ts';

export const modelRoute = ({ models }: Pick<PartnerDeps, 'models'>): Route => ({
  endpoint: uploadPartnerModel,
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
    const { id, name, bytes, sha256, state } = model;
    const body: UploadedModel = { model: id, name, bytes, sha256, state };
    return { body, headers: replay ? { 'Idempotent-Replay': 'true' } : {} };
  },
});
