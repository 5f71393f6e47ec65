import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ModelViewButton } from '../model-view/open-button.tsx';
import { type Solid, sizeOf } from '../model-view/solid.ts';
import { followText } from '../text/follow.ts';
import { bytes, duration, number } from '../text/format.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { Icon, Lamp, Thumb } from '../ui/mark.tsx';
import type { Sender, Sending } from './sending.ts';
import { SolidPicture } from './solid-picture.tsx';

const text = shopText.model;

function take(sender: Sender, files: FileList | null | undefined): void {
  const file = files?.[0];
  if (file !== undefined) void sender.send(file);
}

/** A file let go anywhere on the page is meant for us: else the browser would leave the page to show it. */
function dropAnywhere(sender: Sender): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('dragover', (event) => event.preventDefault(), { signal });
  document.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      take(sender, event.dataTransfer?.files);
    },
    { signal },
  );
  return () => listening.abort();
}

/** Where the model is dropped, seen going up, and looked at. */
export function ModelStage({ sender, material }: { sender: Sender; material: string }): JSX.Element {
  const state = sender.state.value;
  const solid = sender.solid.value;
  const picker = useRef<HTMLInputElement>(null);
  const choose = (): void => picker.current?.click();
  useEffect(() => dropAnywhere(sender), [sender]);
  return (
    <div class="stage">
      <FilePicker sender={sender} picker={picker} />
      <div class="stage-view">
        {solid !== undefined ? (
          <Picture solid={solid} material={material} />
        ) : state.step === 'stored' ? (
          <Thumb material={material} />
        ) : (
          <DropHere state={state} choose={choose} />
        )}
        {state.step === 'sending' || state.step === 'stored' ? (
          <ModelViewButton asked={{ name: state.file.name, material, model: state.file }} />
        ) : null}
      </div>
      <FileLine state={state} choose={choose} stop={() => sender.stop()} />
    </div>
  );
}

/** Opened by a button beside it: the browser's own looks like nothing of ours. */
export const FilePicker = (props: { sender: Sender; picker: RefObject<HTMLInputElement | null> }): JSX.Element => (
  <input
    ref={props.picker}
    class="sr"
    type="file"
    accept=".stl,model/stl"
    aria-label={text.choose}
    tabIndex={-1}
    onChange={(event) => {
      take(props.sender, event.currentTarget.files);
      event.currentTarget.value = '';
    }}
  />
);

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

export function FileLine(props: { state: Sending; choose: () => void; stop: () => void }): JSX.Element | null {
  const { state, choose } = props;
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
              {state.leftMs === undefined ? null : ` · ${followText.secondsLeft(duration(state.leftMs))}`}
            </small>
          </span>
          <button type="button" class="btn small" onClick={props.stop}>
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
