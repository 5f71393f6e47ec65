/** What one live region says: at once, or in turn. Pure. */
import { signal } from '@preact/signals';

/** So long a sentence stands before the next one, and nothing before that. */
const PACE_MS = 3_000;
const GAP_MS = 100;

type After = (run: () => void, ms: number) => void;

export interface Speaking {
  readonly text: { readonly value: string };
  say(sentence: string): void;
}

/** What came meanwhile is said together. Between two sentences stands nothing: the same one again is told again. */
export function speaking(after: After = setTimeout): Speaking {
  const text = signal('');
  let waiting: string[] = [];
  let busy = false;
  const speak = (): void => {
    busy = waiting.length > 0;
    if (!busy) return;
    const first = text.peek() === '';
    text.value = first ? waiting.join(' ') : '';
    if (first) waiting = [];
    after(speak, first ? PACE_MS : GAP_MS);
  };
  return {
    text,
    say(sentence) {
      waiting.push(sentence);
      if (!busy) speak();
    },
  };
}
