import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { followText } from '../text/follow.ts';
import { day, moment, monthDay } from '../text/format.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { axisOf, lastDueChange } from './due-story.ts';
import { changes } from './order-live.ts';

const text = followText.due;

/** By when it should be ready: while it is made, and never as more than it is, a plan. */
export function Due({ order: { due, shipment, status } }: { order: Order }): JSX.Element | null {
  if (due === undefined || shipment !== undefined || !status.startsWith('MANUFACTURING_')) return null;
  const changed = lastDueChange(changes.value, due);
  const over = Date.parse(due) < now.value;
  const words = changed && (Date.parse(due) < Date.parse(changed.was) ? text.earlier : text.later);
  return (
    <section class="panel eta" aria-labelledby="h-due">
      <h2 class="label" id="h-due">
        {text.title}
      </h2>
      <p class="eta-day">
        <time dateTime={due}>{day(due)}</time>
      </p>
      <Days due={due} />
      {changed === undefined || words === undefined ? null : (
        <p class="label">{words(day(changed.was), moment(changed.at, now.value))}</p>
      )}
      {over ? (
        <p class="note" data-s="warn" role="status">
          <Lamp name="tight" />
          {text.over}
        </p>
      ) : null}
    </section>
  );
}

const WIDTH = 340;
const EDGE = 14;

function Days({ due }: { due: string }): JSX.Element | null {
  const axis = axisOf(now.value, Date.parse(due));
  if (axis === undefined) return null;
  const x = (part: number): number => EDGE + part * (WIDTH - 2 * EDGE);
  const last = axis.days.length - 1;
  return (
    <svg class="eta-days" viewBox={`0 0 ${WIDTH} 52`} role="img" aria-label={text.axis(day(now.value), day(due))}>
      <path class="eta-line" d={`M${x(0)} 18H${x(1)}`} />
      {axis.days.map((at, n) => (
        <g key={at}>
          <path class="eta-line" d={`M${x(n / last)} 13v10`} />
          <text x={x(n / last)} y="46" text-anchor="middle">
            {monthDay(at)}
          </text>
        </g>
      ))}
      <circle class="eta-now" cx={x(axis.now)} cy="18" r="8" />
      <rect class="eta-due" x={x(axis.due) - 9} y="7" width="18" height="22" rx="5" />
    </svg>
  );
}
