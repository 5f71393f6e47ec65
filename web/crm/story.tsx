import type { JSX } from 'preact';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import { crmText } from '../text/crm.ts';
import { eventText } from '../text/events.ts';
import { duration, moment } from '../text/format.ts';
import { reasonOfEvent } from '../text/reasons.ts';
import { catalog } from '../ui/catalog.ts';
import { now } from '../ui/ticking.ts';
import { following } from './order-live.ts';

/** What happened, by whom and why, newest first. */
export function Story(): JSX.Element | null {
  const items = following.value?.story.value ?? [];
  if (items.length === 0) return null;
  return (
    <section class="panel history" aria-labelledby="h-story">
      <h3 id="h-story">{crmText.story.title}</h3>
      <ol>
        {[...items].reverse().map((item) => (
          <li key={`${item.version}-${item.type}`}>
            <time dateTime={item.at}>{moment(item.at, now.value)}</time>
            <span>
              <b>{eventText.forStaff(item.type)}</b>
              <small>{detail(item)}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const detail = ({ by, type, reason, lastedMs }: TimelineItem): string =>
  [
    by.name ?? crmText.roles[by.role ?? ''] ?? crmText.story.system,
    reason === undefined ? '' : reasonOfEvent(catalog.value, type, reason),
    lastedMs === undefined || lastedMs < 1_000 ? '' : crmText.story.lasted(duration(lastedMs)),
  ]
    .filter((part) => part !== '')
    .join(' · ');
