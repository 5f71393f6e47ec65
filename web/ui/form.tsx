import type { JSX } from 'preact';

/** A field with its label above it; the label is always a real one. */
export function Field(props: {
  label: string;
  name: string;
  type?: 'text' | 'password';
  autocomplete?: string;
  minLength?: number;
  hint?: string;
}): JSX.Element {
  const hintId = props.hint === undefined ? undefined : `hint-${props.name}`;
  const given = {
    name: props.name,
    autocomplete: props.autocomplete,
    minLength: props.minLength,
    'aria-describedby': hintId,
    autocapitalize: 'none',
    spellcheck: false,
    required: true,
  } as const;
  return (
    <label class="entry">
      <span>{props.label}</span>
      {props.type === 'password' ? <input type="password" {...given} /> : <input type="text" {...given} />}
      {props.hint === undefined ? null : (
        <small id={hintId} class="label">
          {props.hint}
        </small>
      )}
    </label>
  );
}

/** The entries of a submitted form, by name. */
export function entries(event: Event): Record<string, string> {
  event.preventDefault();
  const found: Record<string, string> = {};
  for (const [name, value] of new FormData(event.currentTarget as HTMLFormElement))
    if (typeof value === 'string') found[name] = value;
  return found;
}

export const Fault = ({ text, code }: { text: string; code: string }): JSX.Element => (
  <p class="note" data-s="stop" role="alert" title={code}>
    {text}
  </p>
);
