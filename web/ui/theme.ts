import { signal } from '@preact/signals';

/** The stylesheet's `data-theme` was set before the first paint; here it is only switched. */
export type Theme = 'light' | 'dark';

const root = document.documentElement;
export const theme = signal<Theme>(root.dataset['theme'] === 'dark' ? 'dark' : 'light');

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  root.dataset['theme'] = theme.value;
  try {
    localStorage.setItem('andon.theme', theme.value);
  } catch {
    // storage may be forbidden: the choice holds for this page
  }
}
