/** The dialog: a model to be turned and looked at from near, or what stands in its way. One at a time. */
import { useSignal } from '@preact/signals';
import { type JSX, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { codeOf } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { number } from '../text/format.ts';
import { modelViewText } from '../text/model-view.ts';
import { facetsOf, Icon, Thumb } from '../ui/mark.tsx';
import { pictureOf } from '../ui/model-picture.ts';
import type { ModelViewAsked } from './open.ts';
import { type Solid, sizeOf } from './solid.ts';
import { Stage } from './stage.tsx';
import { type Progress, takeSolid } from './take-solid.ts';
import './model-view.css';

let place: HTMLElement | undefined;
/** Where the focus was, and goes again: browsers differ in when they think of that. */
let before: Element | null = null;

export function showModelView(asked: ModelViewAsked): void {
  close();
  before = document.activeElement;
  place = document.createElement('div');
  document.body.append(place);
  render(<ModelView asked={asked} />, place);
}

function close(): void {
  if (place === undefined) return;
  render(null, place);
  place.remove();
  place = undefined;
  if (before instanceof HTMLElement) before.focus();
}

type State =
  | Progress
  | { readonly step: 'shown'; readonly solid: Solid }
  | { readonly step: 'flat' }
  | { readonly step: 'failed'; readonly code: string };

const START: State = { step: 'coming', got: 0, of: 1 };

function ModelView({ asked }: { asked: ModelViewAsked }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useSignal<State>(START);
  const tries = useSignal(0);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    const reading = new AbortController();
    const { model } = asked;
    const from = model instanceof File ? model : `/api/models/${model.id}/file`;
    const bytes = model instanceof File ? model.size : model.bytes;
    state.value = START;
    takeSolid({ from, bytes }, (progress) => (state.value = progress), reading.signal).then(
      (solid) => (state.value = { step: 'shown', solid }),
      (error: unknown) => {
        if (!reading.signal.aborted) state.value = { step: 'failed', code: codeOf(error) };
      },
    );
    return () => reading.abort();
  }, [asked, tries.value]);
  const words = modelViewText;
  return (
    <dialog
      ref={dialog}
      class="model-view"
      aria-labelledby="h-model-view"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header>
        <h2 class="cut" id="h-model-view" title={asked.name}>
          {asked.name}
        </h2>
        <button type="button" class="btn" onClick={close}>
          <Icon name="close" />
          {words.close}
        </button>
      </header>
      <Body
        asked={asked}
        state={state.value}
        flat={() => (state.value = { step: 'flat' })}
        again={() => tries.value++}
      />
    </dialog>
  );
}

function Body(props: { asked: ModelViewAsked; state: State; flat: () => void; again: () => void }): JSX.Element {
  const { asked, state } = props;
  const words = modelViewText;
  switch (state.step) {
    case 'shown':
      return (
        <Stage
          solid={state.solid}
          material={asked.material}
          label={words.label(asked.name)}
          size={words.size(sizeOf(state.solid).map(number).join(' × '))}
          flat={props.flat}
        />
      );
    case 'coming': {
      const share = Math.floor((100 * state.got) / state.of);
      return (
        <div class="model-view-wait">
          <p role="status">{words.coming(share - (share % 10))}</p>
          <progress value={state.got} max={state.of} aria-label={words.coming(share)} />
        </div>
      );
    }
    case 'reading':
      return (
        <div class="model-view-wait">
          <p role="status">{words.reading}</p>
          <progress aria-label={words.reading} />
        </div>
      );
    case 'flat':
      return <Instead asked={asked} title={words.flatTitle} text={words.flat} />;
    case 'failed':
      return (
        <Instead
          asked={asked}
          title={state.code === 'not_a_model' ? words.notAModel : words.failed}
          text={state.code === 'not_a_model' ? undefined : problemText(state.code)}
          code={state.code}
        >
          {state.code === 'not_a_model' ? null : (
            <button type="button" class="btn" onClick={props.again}>
              <Icon name="sync" />
              {words.again}
            </button>
          )}
        </Instead>
      );
  }
}

/** The server's picture, and why it is only that. */
function Instead(props: {
  asked: ModelViewAsked;
  title: string;
  text: string | undefined;
  code?: string;
  children?: JSX.Element | null;
}): JSX.Element {
  const { model, material } = props.asked;
  const image = model instanceof File ? null : pictureOf(model);
  return (
    <div class={`model-view-wait ${facetsOf(material)}`} title={props.code}>
      <div role="alert">
        <p>
          <b>{props.title}</b>
        </p>
        <p>{image === null && props.code === undefined ? modelViewText.noPicture : props.text}</p>
      </div>
      {image === null ? null : <Thumb material={material} image={image} />}
      {props.children}
    </div>
  );
}
