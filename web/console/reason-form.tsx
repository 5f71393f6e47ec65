import type { JSX } from 'preact';
import { consoleActText } from '../text/console-acts.ts';
import { entries } from '../ui/form.tsx';
import { endsOrder, FormEnd, type FormProps } from './form-end.tsx';
import { ReasonPick } from './reason-pick.tsx';

const words = consoleActText;

/** A reason, where one is asked; always a second look at what is about to happen. */
export function ReasonForm({ type, busy, send, back, asks }: FormProps & { asks: boolean }): JSX.Element {
  const submit = (event: Event): void => {
    const { reason, note = '' } = entries(event);
    if (busy) return;
    send({ ...(asks ? { reason } : {}), ...(note.trim() === '' ? {} : { note: note.trim() }) });
  };
  return (
    <form class="panel stack act-form" aria-label={words.go[type]} onSubmit={submit}>
      <p>{words.ask[type]}</p>
      {asks ? <ReasonPick command={type} /> : null}
      {type === 'hold' ? (
        <label class="entry">
          <span>{words.note}</span>
          <input type="text" name="note" maxLength={2_000} autocomplete="off" />
        </label>
      ) : null}
      <FormEnd label={words.go[type]} busy={busy} back={back} stop={endsOrder(type)} />
    </form>
  );
}
