import type { JSX } from 'preact';
import { consoleActText } from '../text/console-acts.ts';
import { catalog } from '../ui/catalog.ts';

/** One of the reasons that the catalogue has for a command. */
export const ReasonPick = ({ command }: { command: string }): JSX.Element => (
  <label class="entry">
    <span>{consoleActText.reason}</span>
    <select name="reason" required>
      {(catalog.value?.reasons[command] ?? []).map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);
