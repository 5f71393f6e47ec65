import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { modelViewText } from '../text/model-view.ts';
import { alarm } from '../ui/announce.tsx';
import { Icon } from '../ui/mark.tsx';
import { type ModelViewAsked, openModelView } from './open.ts';

/** Says on itself how far it is: the view may be on its way, or not to be had. */
export function ModelViewButton({ asked }: { asked: ModelViewAsked }): JSX.Element {
  const state = useSignal<'rests' | 'opening' | 'failed'>('rests');
  const open = async (): Promise<void> => {
    if (state.value === 'opening') return;
    state.value = 'opening';
    try {
      await openModelView(asked);
      state.value = 'rests';
    } catch {
      state.value = 'failed';
      alarm(modelViewText.notOpened);
    }
  };
  return (
    <>
      <button
        type="button"
        class="btn small view-3d"
        aria-haspopup="dialog"
        aria-busy={state.value === 'opening' || undefined}
        onClick={() => void open()}
      >
        <Icon name="solid" />
        {state.value === 'opening' ? modelViewText.opening : modelViewText.open}
      </button>
      {state.value === 'failed' ? <small class="fault">{modelViewText.notOpened}</small> : null}
    </>
  );
}
