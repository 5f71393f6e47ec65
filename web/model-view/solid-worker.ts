/** A thread of its own, for one model: gets it, reads it, and hands the triangles over without copying them. */
import { codeOf, ProblemError } from '../client/problem.ts';
import { readSolid, type Solid } from './solid.ts';

/** `most`: no triangles past this many, where they take too long to draw. */
export interface SolidAsked {
  readonly from: string | Blob;
  readonly bytes: number;
  readonly most?: number;
}

export type SolidTold =
  | { readonly step: 'coming'; readonly got: number; readonly of: number }
  | { readonly step: 'reading' }
  | { readonly step: 'read'; readonly solid: Solid }
  | { readonly step: 'failed'; readonly code: string };

const tell = (told: SolidTold, transfer: Transferable[] = []): void => self.postMessage(told, { transfer });
/** So often a reader can see that it moves. */
const STEPS = 50;

addEventListener('message', (event: MessageEvent<SolidAsked>) => void work(event.data));

async function work({ from, bytes, most }: SolidAsked): Promise<void> {
  try {
    const content = typeof from === 'string' ? await fetched(from, bytes) : await from.arrayBuffer();
    tell({ step: 'reading' });
    const solid = readSolid(content);
    if (solid === undefined || solid.triangles.length > 9 * (most ?? Infinity))
      return tell({ step: 'failed', code: 'not_a_model' });
    tell({ step: 'read', solid }, [solid.triangles.buffer]);
  } catch (error) {
    tell({ step: 'failed', code: codeOf(error) });
  }
}

async function fetched(url: string, bytes: number): Promise<ArrayBuffer> {
  const answer = await fetch(url, { credentials: 'same-origin' }).catch(() => {
    throw new ProblemError('offline', 0);
  });
  if (!answer.ok) throw ProblemError.of(answer.status, await answer.json().catch(() => undefined));
  const reader = answer.body?.getReader();
  if (reader === undefined) return answer.arrayBuffer();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let got = 0;
  let told = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new ProblemError('offline', 0);
    });
    if (done) break;
    parts.push(value);
    got += value.byteLength;
    if (got - told < bytes / STEPS) continue;
    told = got;
    tell({ step: 'coming', got, of: Math.max(got, bytes) });
  }
  return new Blob(parts).arrayBuffer();
}
