import type { JSX } from 'preact';

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
  /** It could be chosen, and can't any more. */
  readonly disabled?: boolean;
}

/** One of a few, all in sight, each as large as a gloved finger needs. */
export const Choice = (props: {
  legend: string;
  name: string;
  options: readonly Option[];
  chosen?: string | undefined;
}): JSX.Element => (
  <fieldset class="choices">
    <legend>{props.legend}</legend>
    {props.options.map(({ id, name, detail, disabled = false }) => (
      <label class="choice" key={id}>
        <input
          type="radio"
          name={props.name}
          value={id}
          required
          defaultChecked={id === props.chosen}
          disabled={disabled}
          {...(disabled && { checked: false })}
        />
        <span>
          {name}
          {detail === undefined ? null : <small>{detail}</small>}
        </span>
      </label>
    ))}
  </fieldset>
);
