/**
 * How long a process takes at most to stop, milliseconds. Then it ends by itself, whatever still runs; whoever watches
 * over it gives it a moment more before it is killed (the launcher, units of systemd, containers).
 */
import type { Config } from './config.ts';

/** Web nodes ask their clients to go elsewhere first; all others have none. */
export const longestStopMs = (type: string, { drainMs, drainSpreadMs }: Pick<Config, 'drainMs' | 'drainSpreadMs'>) =>
  2 * drainMs + (type === 'web' ? drainSpreadMs : 0);
