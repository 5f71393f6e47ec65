import type { JSX } from 'preact';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import { eventText } from '../text/events.ts';
import { duration, moment } from '../text/format.ts';
import { reasonOfEvent } from '../text/reasons.ts';
import { roleName } from '../text/roles.ts';
import { timelineText as words } from '../text/timeline.ts';
import { catalog } from './catalog.ts';
import { Lamp, type LampName } from './mark.tsx';
import { now } from './ticking.ts';
import { type Span, shares, type TimelineRow, timelineRows } from './timeline-rows.ts';
import type { Tone } from './tone.ts';

/** What happened, by whom and why, newest first; each step with how long its status took against what is usual. */
export function Timeline(props: {
  items: readonly TimelineItem[];
  /** Milliseconds that 95 % of stays in a status do not exceed. */
  p95Of: (status: string) => number | undefined;
}): JSX.Element | null {
  const rows = timelineRows(props.items, props.p95Of, now.value);
  if (rows.length === 0) return null;
  const known = rows.some(({ span }) => span?.p95 !== undefined);
  const held = rows.some(({ span }) => (span?.heldMs ?? 0) > 0);
  return (
    <section class="timeline" aria-labelledby="h-timeline">
      <div class="timeline-head">
        <h3 id="h-timeline">{words.title}</h3>
        <p class="label" aria-hidden="true">
          {known ? <span class="key-tick">{words.usual}</span> : null}
          {held ? <span class="key-held">{words.held}</span> : null}
        </p>
      </div>
      <ol>
        {[...rows].reverse().map((row, n) => (
          <Row key={`${row.item.version}-${row.item.type}`} row={row} newest={n === 0} />
        ))}
      </ol>
    </section>
  );
}

function Row({ row: { item, span }, newest }: { row: TimelineRow; newest: boolean }): JSX.Element {
  const [lamp, tone] = lampOf(item, newest && span?.open === true);
  return (
    <li>
      <time dateTime={item.at}>{moment(item.at, now.value)}</time>
      <span class="pin">
        <Lamp name={lamp} tone={tone} />
      </span>
      <div class="what">
        <b>{eventText.forStaff(item.type)}</b>
        <small>{detail(item)}</small>
      </div>
      {span === undefined ? null : <Took span={span} />}
    </li>
  );
}

function Took({ span }: { span: Span }): JSX.Element {
  const { work, held, tick } = shares(span);
  const percent = (share: number): string => `${Math.round(share * 1_000) / 10}%`;
  const time = duration(span.ms);
  const told = [
    span.open ? words.soFar(time) : time,
    span.heldMs < 1_000 ? '' : words.heldFor(duration(span.heldMs)),
    span.p95 === undefined ? '' : (span.over ? words.over : words.within)(duration(span.p95)),
  ].filter((part) => part !== '');
  return (
    <div class={span.over ? 'took over' : 'took'} title={told.join(', ')}>
      <svg class="span" aria-hidden="true" height="18">
        <line class="axis" x1="0" x2="100%" y1="9" y2="9" />
        <rect class="work" y="4" height="10" rx="2" width={percent(work)} />
        {held === 0 ? null : <rect class="held" y="4" height="10" x={percent(work)} width={percent(held)} />}
        {tick === undefined ? null : <line class="tick" x1={percent(tick)} x2={percent(tick)} y1="0" y2="18" />}
      </svg>
      <span class="took-time" aria-hidden="true">
        {time}
      </span>
      <span class="sr">{told.join(', ')}</span>
    </div>
  );
}

function lampOf({ type }: TimelineItem, goesOn: boolean): [LampName, Tone] {
  if (type === 'cancel-requested' || type === 'cancelled' || type === 'rejected') return ['cancel', 'stop'];
  if (type === 'pricing-failed') return ['tight', 'warn'];
  if (type === 'held') return ['hold', 'hold'];
  return goesOn ? ['flow', 'go'] : ['done', 'none'];
}

const detail = ({ by, type, reason }: TimelineItem): string => {
  const who = by.name ?? roleName(by.role);
  return reason === undefined ? who : `${who} · ${reasonOfEvent(catalog.value, type, reason)}`;
};
