import { signal } from '@preact/signals';

/** The stylesheet's `data-theme` was set before the first paint; here it is only switched. */
export type Theme = 'light' | 'dark';

const root = document.documentElement;
export const theme = signal<Theme>(root.dataset['theme'] === 'dark' ? 'dark' : 'light');

export function switchTheme(): void {
  const next = theme.value === 'dark' ? 'light' : 'dark';
  // First the style sheet: who listens reads colours from it.
  root.dataset['theme'] = next;
  theme.value = next;
  try {
    localStorage.setItem('andon.theme', next);
  } catch {
    // storage may be forbidden: the choice holds for this page
  }
}
