import type { JSX } from 'preact';
import { consoleText } from '../text/console.ts';
import { site, sitesHere } from './app.ts';

/** For who may look at several sites. */
export function SitePick(): JSX.Element | null {
  if (sitesHere.value.length < 2) return null;
  return (
    <select
      class="field"
      aria-label={consoleText.site}
      value={site.value ?? ''}
      onChange={({ currentTarget: { value } }) => {
        site.value = value === '' ? undefined : value;
      }}
    >
      <option value="">{consoleText.allSites}</option>
      {sitesHere.value.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
