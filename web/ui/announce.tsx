import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { speaking } from './speaking.ts';

const polite = speaking();
const assertive = speaking();

export const say = polite.say;
export const alarm = assertive.say;

const told = signal('');
const TOLD_MS = 8_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Said, and to be read for a while: what nothing else on the page shows. */
export function tell(sentence: string): void {
  say(sentence);
  told.value = sentence;
  clearTimeout(timer);
  timer = setTimeout(() => (told.value = ''), TOLD_MS);
}

export const LiveRegions = (): JSX.Element => (
  <>
    <p class="sr" role="status" aria-live="polite">
      {polite.text}
    </p>
    <p class="sr" role="alert" aria-live="assertive">
      {assertive.text}
    </p>
    {told.value === '' ? null : (
      <p class="told" aria-hidden="true">
        {told}
      </p>
    )}
  </>
);
