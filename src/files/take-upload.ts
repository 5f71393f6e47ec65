/** An upload as every edge takes it: the caller's bytes in, what is known of the model out. */
import { principalIn } from '../http/caller.ts';
import type { Call, Reply } from '../http/route.ts';
import { fileName } from './file-name.ts';
import type { Models } from './models.ts';

/** Throws as `Models.put` does. */
export async function takeUpload(models: Pick<Models, 'put'>, call: Call): Promise<Reply> {
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
  return { body: { model: id, name, bytes, sha256, state }, headers: replay ? { 'Idempotent-Replay': 'true' } : {} };
}
