/** A model on its way up: chosen, seen going, stored or failed. */
import { type Signal, signal } from '@preact/signals';
import type { UploadedModel } from '../../gateways/contract/model.ts';
import { codeOf } from '../client/problem.ts';
import type { Solid } from '../model-view/solid.ts';
import { takeSolid } from '../model-view/take-solid.ts';
import { problemText } from '../text/common.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { uploadModel } from '../ui/upload.ts';

export type Sending =
  | { readonly step: 'none' }
  | {
      readonly step: 'sending';
      readonly file: File;
      readonly sent: number;
      readonly total: number;
      /** undefined = too early to tell. */
      readonly leftMs?: number;
    }
  | { readonly step: 'stored'; readonly file: File; readonly model: UploadedModel }
  | { readonly step: 'failed'; readonly file: File; readonly code: string; readonly text: string };

/** More than this takes too long to paint here; a plain block stands for it. */
const MOST_TRIANGLES = 400_000;

/** Models as this page can draw them, by model id. */
export const solids = signal<ReadonlyMap<string, Solid>>(new Map());

/** Before this nobody can tell how long it takes. */
const EARLY_MS = 2_000;

const paceSince =
  (begun: number) =>
  (sent: number, total: number): { readonly leftMs?: number } => {
    const taken = performance.now() - begun;
    return taken < EARLY_MS || sent === 0 ? {} : { leftMs: (taken * (total - sent)) / sent };
  };

/** One file at a time: another one takes the place of the former. */
export class Sender {
  readonly state: Signal<Sending> = signal<Sending>({ step: 'none' });
  /** A picture of the very file, long before the server has looked at it; none if it cannot be read here. */
  readonly solid: Signal<Solid | undefined> = signal<Solid | undefined>(undefined);
  #upload: AbortController | undefined;

  async send(file: File): Promise<void> {
    this.#upload?.abort();
    const mine = new AbortController();
    const { signal: stopped } = mine;
    this.#upload = mine;
    const most = catalog.peek()?.limits.uploadBytes;
    if (most !== undefined && file.size > most)
      return this.#fail(file, 'too_large', shopText.model.tooLarge(file.size, most));
    this.state.value = { step: 'sending', file, sent: 0, total: file.size };
    void this.#draw(file, stopped);
    const pace = paceSince(performance.now());
    try {
      const model = await uploadModel(
        file,
        (sent, total) => {
          if (!stopped.aborted) this.state.value = { step: 'sending', file, sent, total, ...pace(sent, total) };
        },
        stopped,
      );
      if (stopped.aborted) return;
      this.state.value = { step: 'stored', file, model };
      this.#keep();
    } catch (error) {
      if (stopped.aborted) return;
      const code = codeOf(error);
      this.#fail(file, code, code === 'not_a_model' ? shopText.model.notAModel : problemText(code));
    }
  }

  stop(): void {
    this.#upload?.abort();
    this.#upload = undefined;
    this.state.value = { step: 'none' };
    this.solid.value = undefined;
  }

  #fail(file: File, code: string, text: string): void {
    this.solid.value = undefined;
    this.state.value = { step: 'failed', file, code, text };
  }

  async #draw(file: File, stopped: AbortSignal): Promise<void> {
    this.solid.value = undefined;
    const asked = { from: file, bytes: file.size, most: MOST_TRIANGLES };
    const solid = await takeSolid(asked, () => undefined, stopped).catch(() => undefined);
    if (stopped.aborted || solid === undefined) return;
    this.solid.value = solid;
    this.#keep();
  }

  /** Drawn or stored first, whichever: with both the picture stays with the model. */
  #keep(): void {
    const state = this.state.peek();
    const solid = this.solid.peek();
    if (state.step === 'stored' && solid !== undefined)
      solids.value = new Map(solids.peek()).set(state.model.model, solid);
  }
}
