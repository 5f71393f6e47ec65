import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { timeOfDay } from '../text/format.ts';
import { lineState, lostSince } from './line-state.ts';
import { Icon, Lamp } from './mark.tsx';

/** Whether what is on screen is live. */
export function Connection(): JSX.Element {
  const words = commonText.connection;
  const since = lostSince.value;
  if (since !== undefined)
    return (
      <p class="conn" data-s="warn" data-connection="offline">
        <Lamp name="alone" />
        {words.offline(timeOfDay(since))}
      </p>
    );
  if (lineState.value === 'connecting')
    return (
      <p class="conn" data-s="info" data-connection="connecting">
        <Icon name="sync" turning />
        {words.connecting}
      </p>
    );
  return (
    <p class="conn" data-s="go" data-connection="live">
      <Lamp name="flow" />
      {words.live}
    </p>
  );
}
