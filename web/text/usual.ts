import { duration } from './format.ts';
import { words } from './words.ts';

/** What is usual, beside what is. */
export const usualText = words('usual', {
  beside: (said: string, usual: string) => `${said} (usual ${usual})`,
});

const inMinutes = (ms: number): boolean => ms >= 60_000 && ms < 3_600_000;

/** The unit is said once where both are minutes: 47 min (usual 8). */
export const usually = (ms: number, beside: number): string =>
  inMinutes(ms) && inMinutes(beside) ? String(Math.floor(ms / 60_000)) : duration(ms);
