/**
 * The operators of the site, while somebody looks: shifts and limits are not pushed, so they are asked for again every
 * few seconds as long as a panel shows them.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Operator } from '../../gateways/contract/operator.ts';
import { readOperators } from './app.ts';

/** undefined = not known yet. */
export const crew = signal<readonly Operator[] | undefined>(undefined);

const AGAIN_MS = 5_000;
let looking = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  clearTimeout(timer);
  const found = await readOperators().catch(() => undefined);
  if (found !== undefined && looking > 0) crew.value = found;
  clearTimeout(timer);
  if (looking > 0) timer = setTimeout(() => void ask(), AGAIN_MS);
}

/** Keeps `crew` fresh while the component is on the page. */
export function useCrew(): void {
  useEffect(() => {
    looking += 1;
    void ask();
    return () => {
      looking -= 1;
      if (looking === 0) crew.value = undefined; // it grows old
    };
  }, []);
}

/** What an answer told of one of them. */
export function know(operator: Operator): void {
  crew.value = crew.peek()?.map((one) => (one.id === operator.id ? operator : one));
}
