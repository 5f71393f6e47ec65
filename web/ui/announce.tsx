import { signal } from '@preact/signals';
import type { JSX } from 'preact';

/** Two live regions. Polite speaks at most one sentence per 3 s, what came meanwhile together; assertive at once. */
const polite = signal('');
const assertive = signal('');
const PACE_MS = 3_000;

let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function speak(): void {
  timer = undefined;
  if (waiting.length === 0) return;
  polite.value = waiting.join(' ');
  waiting = [];
  timer = setTimeout(speak, PACE_MS);
}

export function say(sentence: string): void {
  waiting.push(sentence);
  if (timer === undefined) speak();
}

export function alarm(sentence: string): void {
  assertive.value = sentence;
}

export const LiveRegions = (): JSX.Element => (
  <>
    <p class="sr" role="status" aria-live="polite">
      {polite}
    </p>
    <p class="sr" role="alert" aria-live="assertive">
      {assertive}
    </p>
  </>
);
