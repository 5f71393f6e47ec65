import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { followText } from '../text/follow.ts';
import { duration, moment } from '../text/format.ts';
import { reasonName, reasonOfEvent } from '../text/reasons.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { useTimeLeft } from '../ui/countdown.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { story } from './order-live.ts';

/** What stands beside an order's progress: a hold, a question about cancelling, the answer to it. */
export const Notices = ({ order }: { order: Order }): JSX.Element => (
  <>
    <Hold order={order} />
    {order.cancellation === undefined ? <Refused order={order} /> : <Asked order={order} />}
  </>
);

function Hold({ order: { hold } }: { order: Order }): JSX.Element | null {
  if (hold === undefined) return null;
  const words = shopText.hold;
  return (
    <section class="note" data-s="hold" role="status">
      <Lamp name="hold" />
      <p>
        <b>{words.since(moment(hold.since, now.value))}</b>
        {words.text(reasonName(catalog.value, 'hold', hold.reason))}
      </p>
    </section>
  );
}

function Asked({ order: { cancellation, waiting } }: { order: Order }): JSX.Element | null {
  if (cancellation === undefined) return null;
  return <Asking cancellation={cancellation} reason={waiting.reason} />;
}

function Asking(props: { cancellation: NonNullable<Order['cancellation']>; reason: string }): JSX.Element {
  const { cancellation } = props;
  const left = useTimeLeft(cancellation.deadline);
  const words = shopText.cancel;
  const late = props.reason === 'cancel-unanswered' || left === 0;
  return (
    <section class="note asked" data-s="warn">
      <Lamp name="cancel" />
      <div>
        <p role="status">
          <b>
            {words.asked(
              moment(cancellation.at, now.value),
              reasonName(catalog.value, 'request-cancel', cancellation.reason),
            )}
          </b>
          {late ? words.late : words.answerBy(moment(cancellation.deadline, now.value))}
        </p>
        {late ? null : (
          <p class="countdown" role="timer">
            {followText.left(duration(left))}
          </p>
        )}
      </div>
    </section>
  );
}

/** The answer to the last request, while it is still of interest. */
function Refused({ order: { status } }: { order: Order }): JSX.Element | null {
  const answer = story.value.findLast(({ type }) => type === 'cancel-refused');
  if (answer === undefined || ['DELIVERED', 'CLOSED', 'CANCELLED'].includes(status)) return null;
  const words = shopText.cancel;
  const reason = answer.reason === undefined ? '' : reasonOfEvent(catalog.value, 'cancel-refused', answer.reason);
  return (
    <section class="note" data-s="info" role="status" title={answer.reason}>
      <Lamp name="cancel" />
      <p>
        <b>{words.refused(moment(answer.at, now.value))}</b>
        {words.refusedFor(reason)}
      </p>
    </section>
  );
}
