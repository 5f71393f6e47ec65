/** A model's triangles, from the server or from a file that never left this machine; the page goes on meanwhile. */
import { ProblemError } from '../client/problem.ts';
import type { Solid } from './solid.ts';
import type { SolidAsked, SolidTold } from './solid-worker.ts';

export type Progress = Exclude<SolidTold, { step: 'read' | 'failed' }>;

/** Rejects with a `ProblemError`, or with the reason of `signal`. */
export function takeSolid(
  asked: SolidAsked,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Solid> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./solid-worker.ts', import.meta.url), { type: 'module' });
    const settle = (done: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', stop);
      done();
    };
    const stop = (): void => settle(() => reject(signal.reason));
    worker.onmessage = ({ data }: MessageEvent<SolidTold>) => {
      if (data.step === 'read') settle(() => resolve(data.solid));
      else if (data.step === 'failed') settle(() => reject(new ProblemError(data.code, 0)));
      else onProgress(data);
    };
    // It answers for every file; what fails is the worker, which could not be loaded, say.
    worker.onerror = () => settle(() => reject(new ProblemError('unknown', 0)));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    worker.postMessage(asked);
  });
}
