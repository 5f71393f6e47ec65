import type { JSX } from 'preact';
import type { Cancellation, Order } from '../../gateways/contract/order.ts';
import type { By } from '../../gateways/contract/shapes.ts';
import { consoleText } from '../text/console.ts';
import { duration, moment, timeOfDay } from '../text/format.ts';
import { reasonName } from '../text/reasons.ts';
import { roleName } from '../text/roles.ts';
import { catalog } from '../ui/catalog.ts';
import { useTimeLeft } from '../ui/countdown.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';

/** What asks for somebody beside the order's progress: a cancellation with its deadline, a hold. */
export const Bands = ({ order: { cancellation, hold, waiting } }: { order: Order }): JSX.Element => (
  <>
    {cancellation === undefined ? null : <Asked asked={cancellation} waiting={waiting} />}
    {hold === undefined ? null : (
      <section class="note" data-s="hold">
        <Lamp name="hold" />
        <p>
          <b>{reasonName(catalog.value, 'hold', hold.reason)}</b>
          {consoleText.hold(nameOf(hold.by), moment(hold.since, now.value))}
        </p>
      </section>
    )}
  </>
);

function Asked({ asked, waiting }: { asked: Cancellation; waiting: Order['waiting'] }): JSX.Element {
  const words = consoleText.cancel;
  const left = useTimeLeft(asked.deadline);
  const over = waiting.reason === 'cancel-unanswered' || left === 0;
  const tell = waiting.for === 'holder' ? words.left : words.ours;
  return (
    <section class="note" data-s="stop" data-band="cancellation">
      <Lamp name="cancel" />
      <p>
        <b>
          {words.asked(nameOf(asked.by), moment(asked.at, now.value))}:{' '}
          {reasonName(catalog.value, 'request-cancel', asked.reason)}
        </b>
        {over ? words.over : tell(duration(left), timeOfDay(asked.deadline))}
      </p>
    </section>
  );
}

const nameOf = ({ name, role }: By): string => name ?? roleName(role);
