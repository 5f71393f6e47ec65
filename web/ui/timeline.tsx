/** What happened to an order, newest first: a bar per stay, with a tick where 95 of 100 orders are done. */
import type { JSX } from 'preact';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import { eventText } from '../text/events.ts';
import { duration, moment, when } from '../text/format.ts';
import { reasonOfEvent } from '../text/reasons.ts';
import { roleName } from '../text/roles.ts';
import { timelineText as words } from '../text/timeline.ts';
import { Lamp } from './mark.tsx';
import { now } from './ticking.ts';
import { type Bar, barOf, type P95Of, type Row, rowsOf, TICK } from './timeline-rows.ts';

const WIDTH = 132;
const HATCH = 'timeline-hatch';

export function Timeline(props: {
  items: readonly TimelineItem[];
  p95Of: P95Of;
  catalog: Catalog | undefined;
  /** Who looks: what they did is told as theirs. */
  me?: string | undefined;
}): JSX.Element | null {
  const rows = rowsOf(props.items, props.p95Of, now.value);
  if (rows.length === 0) return null;
  return (
    <section class="timeline" aria-labelledby="h-timeline">
      <div class="row wrap timeline-head">
        <h3 id="h-timeline">{words.title}</h3>
        <Legend bars={rows.map(barOf).filter((bar) => bar !== undefined)} />
      </div>
      <ol>
        {rows.map((row) => (
          <TimelineRow
            key={`${row.item.version} ${row.item.type}`}
            row={row}
            detail={detail(row.item, props.catalog, props.me)}
          />
        ))}
      </ol>
    </section>
  );
}

/** Of what is drawn, no more. */
const Legend = ({ bars }: { bars: readonly Bar[] }): JSX.Element => (
  <p class="push label row" aria-hidden="true">
    {bars.length === 0 ? null : (
      <>
        <svg width="4" height="14" aria-hidden="true">
          <path class="span-tick" d="M2 0v14" />
        </svg>
        {words.usual}
      </>
    )}
    {bars.every(({ held }) => held.length === 0) ? null : (
      <>
        <svg width="16" height="10" aria-hidden="true">
          <defs>
            <pattern id={HATCH} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path class="span-hatch" d="M0 0v5" />
            </pattern>
          </defs>
          <rect class="span-held" width="16" height="10" fill={`url(#${HATCH})`} />
        </svg>
        {words.held}
      </>
    )}
  </p>
);

function TimelineRow({ row, detail }: { row: Row; detail: string }): JSX.Element {
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
        <small>{detail}</small>
      </div>
      <Span row={row} />
      <Took row={row} />
    </li>
  );
}

function Took({ row: { ms, open, heldMs, over, p95 } }: { row: Row }): JSX.Element {
  if (ms === undefined) return <span class="took" />;
  const took = duration(ms);
  const whole = [
    open ? words.soFar(took) : took,
    heldMs < 1_000 ? '' : words.heldFor(duration(heldMs)),
    p95 === undefined ? '' : (over ? words.over : words.within)(duration(p95)),
  ]
    .filter((part) => part !== '')
    .join(', ');
  return (
    <span class="took" title={whole}>
      <span aria-hidden="true">{took}</span>
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

function detail({ by, type, reason }: TimelineItem, catalog: Catalog | undefined, me: string | undefined): string {
  const who = by.id !== undefined && by.id === me ? words.you : (by.name ?? roleName(by.role));
  return reason === undefined ? who : `${who} · ${reasonOfEvent(catalog, type, reason)}`;
}
