import type { JSX } from 'preact';
import { eventText } from '../text/events.ts';
import { moment } from '../text/format.ts';
import { reasonOfEvent } from '../text/reasons.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { now } from '../ui/ticking.ts';
import { changes, story } from './order-live.ts';

interface Line {
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly reason?: string;
}

/** With reasons where the story may be read; a guest has what came over the line. */
const lines = (): readonly Line[] =>
  story.value.length > 0
    ? story.value
    : changes.value.flatMap(({ version, at, types }) => types.map((type) => ({ version, at, type })));

/** All that happened, newest first. */
export function History(): JSX.Element | null {
  const shown = lines();
  if (shown.length === 0) return null;
  return (
    <details class="panel history">
      <summary>
        <h2>{shopText.history.title}</h2>
      </summary>
      <ol>
        {[...shown].reverse().map(({ version, at, type, reason }) => (
          <li key={`${version}-${type}`}>
            <time dateTime={at}>{moment(at, now.value)}</time>
            <span>
              <b>{eventText.forCustomer(type)}</b>
              {reason === undefined ? null : <small>{reasonOfEvent(catalog.value, type, reason)}</small>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
