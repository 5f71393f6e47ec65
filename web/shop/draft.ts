/** The order being put together: the model on its way up, and the options chosen meanwhile. */
import { batch, computed, effect, signal } from '@preact/signals';
import type { UploadedModel } from '../../gateways/contract/model.ts';
import type { Order, Settings } from '../../gateways/contract/order.ts';
import { newKey } from '../client/key.ts';
import { codeOf, ProblemError } from '../client/problem.ts';
import { uploadModel } from '../client/upload.ts';
import { problemText } from '../text/en-common.ts';
import { shopText } from '../text/en-shop.ts';
import { catalog, rest } from './app.ts';
import { go, orderAddress } from './route.ts';
import { readSolid, type Solid } from './solid.ts';

export type Sending =
  | { readonly step: 'none' }
  | { readonly step: 'sending'; readonly file: File; readonly sent: number; readonly total: number }
  | { readonly step: 'stored'; readonly model: UploadedModel }
  | { readonly step: 'failed'; readonly file: File; readonly code: string; readonly text: string };

export const sending = signal<Sending>({ step: 'none' });
/** The model as this page can draw it, by model id; the one being sent under `draft`. */
export const solids = signal<ReadonlyMap<string, Solid>>(new Map());
export const DRAFT = 'draft';

export const material = signal('');
export const finish = signal('');
export const quantity = signal(1);
export const urgency = signal('');
export const placing = signal(false);
export const placeFault = signal<{ readonly code: string; readonly text: string } | undefined>(undefined);

export const finishes = computed(
  () => catalog.value?.materials.find((one) => one.id === material.value)?.finishes ?? [],
);

effect(() => {
  const known = catalog.value;
  if (known === undefined) return;
  batch(() => {
    if (!known.materials.some(({ id }) => id === material.value)) material.value = known.materials[0]?.id ?? '';
    if (!known.urgencies.some(({ id }) => id === urgency.value)) urgency.value = known.urgencies[0]?.id ?? '';
    if (!finishes.value.some(({ id }) => id === finish.value)) finish.value = finishes.value[0]?.id ?? '';
  });
});

let upload: AbortController | undefined;

export async function send(file: File): Promise<void> {
  upload?.abort();
  const mine = new AbortController();
  upload = mine;
  placeFault.value = undefined;
  const most = catalog.value?.limits.uploadBytes;
  if (most !== undefined && file.size > most) return fail(file, 'too_large', shopText.model.tooLarge(file.size, most));
  sending.value = { step: 'sending', file, sent: 0, total: file.size };
  void draw(file, mine.signal);
  try {
    const model = await uploadModel(
      file,
      (sent, total) => {
        if (!mine.signal.aborted) sending.value = { step: 'sending', file, sent, total };
      },
      mine.signal,
    );
    keepSolid(model.model);
    sending.value = { step: 'stored', model };
  } catch (error) {
    if (mine.signal.aborted) return;
    const code = codeOf(error);
    fail(file, code, code === 'not_a_model' ? shopText.model.notAModel : problemText(code));
  }
}

export function stopSending(): void {
  upload?.abort();
  sending.value = { step: 'none' };
}

function fail(file: File, code: string, text: string): void {
  sending.value = { step: 'failed', file, code, text };
}

/** A picture of the very file, long before the server has looked at it; none if it cannot be read here. */
async function draw(file: File, signal: AbortSignal): Promise<void> {
  const left = new Map(solids.peek());
  left.delete(DRAFT);
  solids.value = left;
  const solid = await readSolid(file).catch(() => undefined);
  if (signal.aborted || solid === undefined) return;
  const id = sending.peek().step === 'stored' ? (sending.peek() as { model: UploadedModel }).model.model : DRAFT;
  solids.value = new Map(solids.peek()).set(id, solid);
}

function keepSolid(model: string): void {
  const solid = solids.peek().get(DRAFT);
  if (solid !== undefined) solids.value = new Map(solids.peek()).set(model, solid);
}

/** Creates the order and submits it, each once under its own key; then the order's own page takes over. */
export async function place(): Promise<void> {
  const state = sending.peek();
  if (state.step !== 'stored' || placing.peek()) return;
  placing.value = true;
  placeFault.value = undefined;
  const settings: Settings = {
    material: material.peek(),
    finish: finish.peek(),
    quantity: quantity.peek(),
    urgency: urgency.peek(),
  };
  try {
    const { body } = await rest.write<Order>('/api/orders', { model: state.model.model, settings }, { key: newKey() });
    await rest.write(`/api/orders/${body.id}/submit`, {}, { key: newKey() }).catch(() => undefined);
    sending.value = { step: 'none' };
    go(orderAddress(body.id));
  } catch (error) {
    placeFault.value = { code: codeOf(error), text: faultText(error) };
  }
  placing.value = false;
}

/** A 422 names the field; what it says is shown with it, the rest in general words. */
function faultText(error: unknown): string {
  const faults = error instanceof ProblemError && error.code === 'invalid' ? error.details['errors'] : undefined;
  if (!Array.isArray(faults)) return problemText(codeOf(error));
  const first = faults[0] as { path?: string; rule?: string } | undefined;
  return shopText.place.invalid(first?.path?.split('/').at(-1) ?? '', first?.rule ?? '');
}
