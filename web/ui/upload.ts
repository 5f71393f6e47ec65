/** Sending a model: the only request that shows how far it is, so by XMLHttpRequest; repeated with the same key. */
import type { UploadedModel } from '../../gateways/contract/model.ts';
import { newKey } from '../client/key.ts';
import { backoff, pause } from '../client/pause.ts';
import { isAway, ProblemError } from '../client/problem.ts';

/** Nothing moved for this long: the line is taken for lost. */
const SILENCE_MS = 20_000;
const ATTEMPTS = 6;

export async function uploadModel(
  file: File,
  onProgress: (sent: number, total: number) => void,
  signal: AbortSignal,
): Promise<UploadedModel> {
  const key = newKey();
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(file, key, onProgress, signal);
    } catch (error) {
      signal.throwIfAborted();
      const again = error instanceof ProblemError && isAway(error.code) && attempt + 1 < ATTEMPTS;
      if (!again) throw error;
      await pause(backoff(attempt), signal);
    }
  }
}

function send(
  file: File,
  key: string,
  onProgress: (sent: number, total: number) => void,
  signal: AbortSignal,
): Promise<UploadedModel> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => request.abort();
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
    };
    const settle = (done: () => void): void => {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      done();
    };
    const lost = (): void => settle(() => reject(signal.aborted ? signal.reason : new ProblemError('offline', 0)));

    request.open('POST', '/api/models');
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-filename', encodeURIComponent(file.name));
    request.setRequestHeader('idempotency-key', key);
    request.upload.onprogress = (event) => {
      heard();
      onProgress(event.loaded, event.total);
    };
    request.onload = () =>
      settle(() =>
        request.status === 201
          ? resolve(request.response as UploadedModel)
          : reject(ProblemError.of(request.status, request.response)),
      );
    request.onerror = lost;
    request.onabort = lost;
    signal.addEventListener('abort', stop, { once: true });
    heard();
    request.send(file);
  });
}
