/** What happened to the order, newest first: a bar per stay, with a tick where 95 of 100 orders are done. */
import type { JSX } from 'preact';
import type { TimelineItem } from '../../../gateways/contract/timeline.ts';
import { drawerText as words } from '../../text/drawer.ts';
import { eventText } from '../../text/events.ts';
import { duration, moment, when } from '../../text/format.ts';
import { reasonOfEvent } from '../../text/reasons.ts';
import { Lamp } from '../../ui/mark.tsx';
import { now } from '../../ui/ticking.ts';
import { usual } from '../usual.ts';
import { catalog, myId } from '../who.ts';
import { barOf, type Row, rowsOf, TICK } from './timeline-rows.ts';

const WIDTH = 132;
const HATCH = 'drawer-hatch';

export function TimelineView({ items }: { items: readonly TimelineItem[] }): JSX.Element {
  const rows = rowsOf(items, usual.value, now.value);
  return (
    <section aria-labelledby="d-timeline">
      <div class="row wrap drawer-title">
        <h3 id="d-timeline">{words.timeline}</h3>
        <p class="push label row" aria-hidden="true">
          <svg width="4" height="14" aria-hidden="true">
            <path class="span-tick" d="M2 0v14" />
          </svg>
          {words.legend.p95}
          <svg width="16" height="10" aria-hidden="true">
            <defs>
              <pattern id={HATCH} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <path class="span-hatch" d="M0 0v5" />
              </pattern>
            </defs>
            <rect class="span-held" width="16" height="10" fill={`url(#${HATCH})`} />
          </svg>
          {words.legend.held}
        </p>
      </div>
      <ol class="line">
        {rows.map((row) => (
          <TimelineRow key={`${row.item.version} ${row.item.type}`} row={row} />
        ))}
      </ol>
    </section>
  );
}

function TimelineRow({ row }: { row: Row }): JSX.Element {
  const { item, lamp, tone } = row;
  return (
    <li data-over={row.over || undefined} data-event={item.type}>
      <time dateTime={item.at} title={when(item.at)}>
        {moment(item.at, now.value)}
      </time>
      <span class="pin">
        <Lamp name={lamp} tone={tone} />
      </span>
      <div class="what">
        <b>{eventText.forStaff(item.type)}</b>
        <small>{detail(item)}</small>
      </div>
      <Span row={row} />
      <Took row={row} />
    </li>
  );
}

function Took({ row: { ms, open, over, p95 } }: { row: Row }): JSX.Element {
  if (ms === undefined) return <span class="took" />;
  const took = open ? words.took.soFar(ms) : words.took.so(ms);
  const whole = p95 === undefined ? took : (over ? words.took.over : words.took.of)(took, duration(p95));
  return (
    <span class="took" title={whole}>
      <span aria-hidden="true">{words.took.so(ms)}</span>
      <span class="sr">{whole}</span>
    </span>
  );
}

function Span({ row }: { row: Row }): JSX.Element {
  const bar = barOf(row);
  if (bar === undefined) return <span />;
  const px = (share: number): number => Math.round(share * WIDTH * 10) / 10;
  const tick = px(TICK);
  return (
    <svg class="span" viewBox={`0 0 ${WIDTH} 18`} aria-hidden="true">
      <path class="span-axis" d={`M0 9h${WIDTH}`} />
      <rect class={row.over ? 'span-over' : 'span-bar'} y="4" width={Math.max(2, px(bar.length))} height="10" rx="2" />
      {bar.held.map(({ from, to }) => (
        <g key={from}>
          <rect class="span-gap" x={px(from)} y="4" width={Math.max(3, px(to - from))} height="10" />
          <rect
            class="span-held"
            x={px(from)}
            y="4"
            width={Math.max(3, px(to - from))}
            height="10"
            fill={`url(#${HATCH})`}
          />
        </g>
      ))}
      <path class="span-tick" d={`M${tick} 0v18`} />
    </svg>
  );
}

const detail = ({ by, type, reason }: TimelineItem): string =>
  [
    by.id !== undefined && by.id === myId() ? words.you : (by.name ?? words.roles[by.role ?? ''] ?? words.system),
    reason === undefined ? '' : reasonOfEvent(catalog.value, type, reason),
  ]
    .filter((part) => part !== '')
    .join(' · ');
