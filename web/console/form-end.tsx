import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import type { OfferedCommand } from '../client/offers.ts';
import { consoleActText } from '../text/console-acts.ts';

const words = consoleActText;

/** What every form is given. */
export interface FormProps {
  readonly order: Order;
  readonly type: OfferedCommand;
  readonly busy: boolean;
  readonly send: (fields: Readonly<Record<string, unknown>>) => void;
  readonly back: () => void;
}

const ENDS: readonly OfferedCommand[] = ['accept-cancel', 'request-cancel', 'reject'];

/** It ends the order: said in red. */
export const endsOrder = (type: OfferedCommand): boolean => ENDS.includes(type);

/** Sends, or goes back; what the button sends stands on it. */
export const FormEnd = (props: {
  label: string;
  busy: boolean;
  back: () => void;
  disabled?: boolean;
  stop?: boolean;
}): JSX.Element => (
  <div class="row wrap">
    <button
      type="submit"
      class={props.busy || props.disabled || props.stop ? 'btn' : 'btn primary'}
      data-s={props.stop ? 'stop' : undefined}
      aria-busy={props.busy || undefined}
      aria-disabled={props.disabled || undefined}
    >
      {props.busy ? words.saving : props.label}
    </button>
    <button type="button" class="btn quiet" onClick={props.back}>
      {words.back}
    </button>
  </div>
);
