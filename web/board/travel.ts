/** A card that goes to another list is seen to travel there: by transform only, and not for those who want no motion. */
import { begun } from './connection.ts';

/** More at once than anybody could follow. */
const MOST = 6;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const TRAVEL = { duration: 360, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

let isStill = false;

/** What changes meanwhile is there at once: nobody saw it happen. */
export function withoutTravel<T>(act: () => T): T {
  isStill = true;
  try {
    return act();
  } finally {
    isStill = false;
  }
}

/** Call before anything is moved; what it returns, afterwards. */
export function travelOf(movers: readonly Element[]): () => void {
  const nobodySees = isStill || calm.matches || !begun.peek() || document.hidden;
  if (movers.length === 0 || movers.length > MOST || nobodySees) return () => undefined;
  const starts = movers.map((element) => ({ element, from: element.getBoundingClientRect() }));
  return () => {
    for (const { element, from } of starts) {
      if (!element.isConnected) continue;
      const to = element.getBoundingClientRect();
      if (to.bottom < 0 || to.top > innerHeight) continue;
      const away = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
      element.animate([{ transform: away }, { transform: 'none' }], TRAVEL);
    }
  };
}
