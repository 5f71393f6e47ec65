import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A field with its label above it; the label is always a real one. */
export function Field(props: {
  label: string;
  name: string;
  type?: 'text' | 'password';
  autocomplete?: string;
  minLength?: number;
  maxLength?: number;
  /** What stands in it at first. */
  value?: string;
  optional?: boolean;
  hint?: string;
}): JSX.Element {
  const id = useId();
  const hintId = props.hint === undefined ? undefined : `${id}-hint`;
  const given = {
    id,
    name: props.name,
    autocomplete: props.autocomplete,
    minLength: props.minLength,
    maxLength: props.maxLength,
    defaultValue: props.value,
    'aria-describedby': hintId,
    autocapitalize: 'none',
    spellcheck: false,
    required: !props.optional,
  } as const;
  return (
    <div class="entry">
      <label for={id}>{props.label}</label>
      {props.type === 'password' ? <input type="password" {...given} /> : <input type="text" {...given} />}
      {props.hint === undefined ? null : (
        <small id={hintId} class="label">
          {props.hint}
        </small>
      )}
    </div>
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
