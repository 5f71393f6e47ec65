/** Reads that say how old they may be: while the log can't be asked, what Redis gave is as old as the last contact. */
import type { ReadState, Runtime } from './runtime.ts';

export interface DatedState extends ReadState {
  /** Seconds since it was known to be true; absent = it is true now. */
  readonly stale?: number;
}

export interface DatedRuntime extends Pick<Runtime, 'send'> {
  read(kind: string, actor: string, options?: { atLeast?: number }): Promise<DatedState | undefined>;
}

/** `away`: seconds since the log last answered; undefined = it does. */
export const dated = (runtime: Pick<Runtime, 'send' | 'read'>, away: () => number | undefined): DatedRuntime => ({
  send: (envelope) => runtime.send(envelope),
  async read(kind, actor, options) {
    const found = await runtime.read(kind, actor, options);
    const stale = away();
    return found === undefined || stale === undefined ? found : { ...found, stale };
  },
});
