import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import type { Card } from '../../gateways/contract/card.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import { codeOf } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { staffText } from '../text/staff.ts';
import { say } from '../ui/announce.tsx';
import { catalog } from '../ui/catalog.ts';
import { entries } from '../ui/form.tsx';
import { Digits } from '../ui/mark.tsx';
import { heldBy, release } from './crew.ts';
import { address } from './view.ts';

const words = staffText.people;

/** What an operator holds now, each order to be taken back with a reason. Read anew when the number of them changes. */
export function Held({ person }: { person: Operator }): JSX.Element {
  const cards = useSignal<readonly Card[] | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const read = async (): Promise<void> => {
    try {
      cards.value = await heldBy(person);
    } catch (error) {
      fault.value = problemText(codeOf(error));
    }
  };
  useEffect(() => void read(), [person.id, person.held]);
  const free = async (card: Card, reason: string): Promise<void> => {
    fault.value = await release(card, reason);
    if (fault.value === undefined) say(words.released(card.number));
    await read();
  };
  return (
    <section class="held" aria-label={words.held}>
      <p class="held-title">{words.held}</p>
      {cards.value?.length === 0 ? <p class="dim">{words.holdsNothing}</p> : null}
      <ul>
        {cards.value?.map((card) => (
          <HeldOrder key={card.order} card={card} free={free} />
        ))}
      </ul>
      {cards.value === undefined || cards.value.length === 0 ? null : <p class="label">{words.heldHint}</p>}
      {fault.value === undefined ? null : (
        <p class="note" data-s="stop" role="alert">
          {fault.value}
        </p>
      )}
    </section>
  );
}

function HeldOrder(props: { card: Card; free: (card: Card, reason: string) => Promise<void> }): JSX.Element {
  const { card, free } = props;
  const busy = useSignal(false);
  const id = useId();
  const send = async (event: Event): Promise<void> => {
    const { reason = '' } = entries(event);
    if (busy.value) return;
    busy.value = true;
    await free(card, reason);
    busy.value = false;
  };
  return (
    <li>
      <a class="btn quiet small" href={address('open', card.order)}>
        <span class="no small">
          <Digits number={card.number} />
        </span>
      </a>
      <form class="row wrap release" onSubmit={(event) => void send(event)}>
        <label class="sr" for={id}>
          {words.reason}
        </label>
        <select class="field" id={id} name="reason" required>
          {(catalog.value?.reasons['release'] ?? []).map((reason) => (
            <option key={reason.id} value={reason.id}>
              {reason.name}
            </option>
          ))}
        </select>
        <button
          type="submit"
          class="btn small"
          aria-label={words.release(card.number)}
          aria-busy={busy.value || undefined}
        >
          {words.releaseShort}
        </button>
      </form>
    </li>
  );
}
