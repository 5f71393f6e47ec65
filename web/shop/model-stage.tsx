import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shopText } from '../text/en-shop.ts';
import { bytes, number } from '../text/format.ts';
import { Icon, Lamp, Thumb } from '../ui/mark.tsx';
import { catalog } from './app.ts';
import { DRAFT, material, type Sending, send, sending, solids, stopSending } from './draft.ts';
import { type Solid, sizeOf } from './solid.ts';
import { SolidPicture } from './solid-picture.tsx';

const text = shopText.model;

function take(files: FileList | null | undefined): void {
  const file = files?.[0];
  if (file !== undefined) void send(file);
}

/** A file let go anywhere on the page is meant for us: else the browser would leave the page to show it. */
function dropAnywhere(): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('dragover', (event) => event.preventDefault(), { signal });
  document.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      take(event.dataTransfer?.files);
    },
    { signal },
  );
  return () => listening.abort();
}

/** Where the model is dropped, seen going up, and looked at. */
export function ModelStage(): JSX.Element {
  const state = sending.value;
  const picker = useRef<HTMLInputElement>(null);
  const choose = (): void => picker.current?.click();
  useEffect(dropAnywhere, []);
  const id = state.step === 'stored' ? state.model.model : DRAFT;
  const solid = state.step === 'none' || state.step === 'failed' ? undefined : solids.value.get(id);
  return (
    <div class="stage">
      <input
        ref={picker}
        class="sr"
        type="file"
        accept=".stl,model/stl"
        aria-label={text.choose}
        tabIndex={-1}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <div class="stage-view">
        {solid !== undefined ? (
          <Picture solid={solid} material={material.value} />
        ) : state.step === 'stored' ? (
          <Thumb material={material.value} />
        ) : (
          <DropHere state={state} choose={choose} />
        )}
      </div>
      <FileLine state={state} choose={choose} />
    </div>
  );
}

export function Picture({ solid, material: of }: { solid: Solid; material: string }): JSX.Element {
  const size = sizeOf(solid).map(number).join(' × ');
  return (
    <>
      <SolidPicture solid={solid} material={of} label={text.picture(size)} />
      <p class="stage-size">{text.millimetres(size)}</p>
    </>
  );
}

function DropHere({ state, choose }: { state: Sending; choose: () => void }): JSX.Element {
  const most = catalog.value?.limits.uploadBytes;
  return (
    <div class="drop">
      <Icon name="upload" />
      {state.step === 'sending' ? null : (
        <>
          <p class="drop-title">{text.drop}</p>
          <button type="button" class="btn primary floor" onClick={choose}>
            {text.choose}
          </button>
          {most === undefined ? null : <p class="label">{text.limit(most)}</p>}
        </>
      )}
    </div>
  );
}

function FileLine({ state, choose }: { state: Sending; choose: () => void }): JSX.Element | null {
  switch (state.step) {
    case 'none':
      return null;
    case 'sending': {
      const share = state.total === 0 ? 0 : Math.floor((100 * state.sent) / state.total);
      return (
        <div class="file">
          <Lamp name="wait" />
          <span>
            <b class="cut" title={state.file.name}>
              {state.file.name}
            </b>
            <progress value={state.sent} max={state.total} aria-label={text.progress(share)} />
            <small>
              {share} % · {text.sending(state.sent, state.total)}
            </small>
          </span>
          <button type="button" class="btn small" onClick={stopSending}>
            {text.stop}
          </button>
        </div>
      );
    }
    case 'stored':
      return (
        <div class="file">
          <Lamp name="done" tone="go" />
          <span>
            <b class="cut" title={state.model.name}>
              {state.model.name}
            </b>
            <small>{text.stored(state.model.bytes)}</small>
          </span>
          <button type="button" class="btn small" onClick={choose}>
            {text.replace}
          </button>
        </div>
      );
    case 'failed':
      return (
        <div class="file" role="alert" title={state.code}>
          <Lamp name="late" tone="stop" />
          <span>
            <b class="cut" title={state.file.name}>
              {state.file.name} ({bytes(state.file.size)})
            </b>
            <small class="fault">{state.text}</small>
          </span>
        </div>
      );
  }
}
