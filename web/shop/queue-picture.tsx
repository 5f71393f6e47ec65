import type { JSX } from 'preact';
import { followText } from '../text/follow.ts';

/** Those before it, itself, and that others come after; of many only the nearest are drawn. */
const MOST_BEFORE = 3;
const STEP = 30;

export function QueuePicture({ before }: { before: number }): JSX.Element {
  const drawn = Math.min(before, MOST_BEFORE);
  const at = (n: number): number => 12 + n * STEP;
  return (
    <svg
      class="queue"
      viewBox={`0 0 ${at(drawn + 2) + 12} 40`}
      width={at(drawn + 2) + 12}
      height="40"
      role="img"
      aria-label={followText.before(before)}
    >
      <path
        d={`M${at(0)} 12H${at(drawn + 2)}`}
        class="queue-line"
        stroke-dasharray={before > drawn ? '3 4' : undefined}
      />
      {Array.from({ length: drawn + 3 }, (_, n) => (
        <circle
          key={n}
          cx={at(n)}
          cy="12"
          r={n === drawn ? 9 : 7}
          class={n === drawn ? 'queue-you' : n === 0 ? 'queue-now' : n < drawn ? 'queue-before' : 'queue-after'}
        />
      ))}
      {drawn > 0 ? (
        <text x={at(0)} y="38" text-anchor="middle">
          {followText.now}
        </text>
      ) : null}
      <text x={at(drawn)} y="38" text-anchor="middle" class="queue-you-word">
        {followText.you}
      </text>
    </svg>
  );
}
