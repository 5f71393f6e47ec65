/** The board is shown when all that it begins with is there: what came later would push aside what is already read. */
import { computed, effect, signal } from '@preact/signals';
import { begun } from './connection.ts';
import { catalog, isOperator, me, operator } from './who.ts';

/** Longer nobody waits for what is missing: the board is shown without it. */
const PATIENCE_MS = 2_000;

/** Once so, always. */
export const complete = signal(false);

const has = computed(
  () => begun.value && catalog.value !== undefined && (operator.value !== undefined || !isOperator()),
);

const show = (): void => {
  complete.value = true;
};

effect(() => {
  if (typeof me.value !== 'object' || complete.peek()) return undefined;
  if (has.value) {
    show();
    return undefined;
  }
  const timer = setTimeout(show, PATIENCE_MS);
  return () => clearTimeout(timer);
});
