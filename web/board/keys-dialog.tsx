/** All keys: what each does, another letter for it, all of them off; and the sound. Opened by `?`. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { commonText } from '../text/common.ts';
import { keysText as words } from '../text/keys.ts';
import { Icon } from '../ui/mark.tsx';
import { asDelivered, KEY_NAMES, type KeyName, keep, keys, letterOf, remapped } from './key-map.ts';
import { keysOpen } from './keys-open.ts';
import { soundIsOn, switchSound } from './sound.ts';

const FIXED = [
  [['↑', '↓'], 'card'],
  [['←', '→'], 'lane'],
  [['Enter'], 'open'],
  [['Esc'], 'close'],
] as const;
const SIGNS = [
  [['/'], 'search'],
  [['1', '9'], 'chips'],
  [['!'], 'alarm'],
  [['?'], 'all'],
] as const;

export function KeysDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    keysOpen.value = false;
  };
  const { on, map } = keys.value;
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="keys-title" onClose={close}>
      <div class="row">
        <h2 id="keys-title">{words.title}</h2>
        <button
          type="button"
          class="btn quiet icon-btn push"
          aria-label={commonText.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <p class="dim">{words.about}</p>
      <p class="dim">{words.scanner}</p>
      <ul class="key-list">
        {[...FIXED, ...(on ? SIGNS : [])].map(([shown, what]) => (
          <li key={what}>
            <Caps shown={shown} />
            <span>{words.does[what]}</span>
          </li>
        ))}
        {on ? KEY_NAMES.map((name) => <Letter key={name} name={name} />) : null}
      </ul>
      {on ? null : <p>{words.off}</p>}
      <label class="switch">
        <input type="checkbox" checked={on} onChange={() => keep({ map, on: !on })} />
        <span>{words.on}</span>
      </label>
      <label class="switch">
        <input type="checkbox" checked={soundIsOn.value} onChange={switchSound} />
        <span>{words.sound}</span>
      </label>
      <div class="row">
        <button type="button" class="btn" onClick={asDelivered}>
          {words.reset}
        </button>
      </div>
    </dialog>
  );
}

const Caps = ({ shown }: { shown: readonly string[] }): JSX.Element => (
  <span class="caps">
    {shown.map((key, n) => (
      <>
        {n > 0 && /\d/.test(key) ? '…' : null}
        <span class="kbd" key={key}>
          {key}
        </span>
      </>
    ))}
  </span>
);

/** Pressed, it waits for the next letter. */
function Letter({ name }: { name: KeyName }): JSX.Element {
  const waiting = useSignal(false);
  const { map, on } = keys.value;
  const letter = letterOf(map[name]);
  const what = words.letters[name];
  return (
    <li>
      <button
        type="button"
        class="btn small key-change"
        aria-label={waiting.value ? words.press : words.change(letter, what)}
        aria-pressed={waiting.value}
        data-key-name={name}
        onClick={() => {
          waiting.value = !waiting.value;
        }}
        onBlur={() => {
          waiting.value = false;
        }}
        onKeyDown={(event) => {
          if (!waiting.value || !/^Key[A-Z]$/.test(event.code)) return;
          event.preventDefault();
          waiting.value = false;
          keep({ on, map: remapped(map, name, event.code) });
        }}
      >
        {waiting.value ? '…' : letter}
      </button>
      <span>{waiting.value ? words.press : what}</span>
    </li>
  );
}
