import { setTimeout as sleep } from 'node:timers/promises';
import { Api, type CallOptions, type Reply } from './api.ts';

/** A client that repeats a call, with the same key, while the connection breaks or the answer is 429 or 5xx. */
class PatientApi extends Api {
  override async call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> {
    for (let tries = 0; ; tries++) {
      try {
        const reply = await super.call(method, path, body, { ...options, signal: AbortSignal.timeout(5_000) });
        if ((reply.status < 500 && reply.status !== 429) || tries >= 60) return reply;
      } catch (error) {
        if (tries >= 60) throw error;
      }
      await sleep(250);
    }
  }
}

export const patient = (api: Api): Api => {
  const { token, id, name } = api;
  return new PatientApi(api.url, token === undefined ? undefined : { token, id, name });
};
