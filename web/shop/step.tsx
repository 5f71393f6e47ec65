import type { JSX } from 'preact';
import type { OfferedCommand } from '../client/offers.ts';
import { Fault } from '../ui/form.tsx';
import { actFault, acting, offers } from './order-acts.ts';

export const ActFault = ({ act }: { act: OfferedCommand }): JSX.Element | null =>
  actFault.value?.act === act ? <Fault code={actFault.value.code} text={actFault.value.text} /> : null;

/** The one step that is the buyer's; shown only where it can be made. */
export function Step(props: { act: OfferedCommand; go: string; busy: string; send: () => void }): JSX.Element | null {
  if (!offers.value.includes(props.act)) return null;
  const busy = acting.value === props.act;
  return (
    <button
      type="button"
      class={busy ? 'btn floor' : 'btn floor primary'}
      aria-busy={busy || undefined}
      onClick={props.send}
    >
      {busy ? props.busy : props.go}
    </button>
  );
}
