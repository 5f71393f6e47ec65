/** Whoever watches boards: a `Line`, or a stand-in in tests. */
export interface Watcher {
  /** Too much waits for it already. */
  readonly slow: boolean;
  /** Calls back once, when it is not slow any more. */
  whenDrained(then: () => void): void;
  enter(room: string): void;
  exit(room: string): void;
}

/** Why a board must be opened again. */
export type ResyncReason = 'rebuilt' | 'redis_back' | 'live' | 'slow' | 'behind';

/** How fresh a board or frame is; nothing = live. `stale`: seconds behind, Redis is away. */
export interface Marks {
  readonly rebuilding?: true;
  readonly stale?: number;
}

/** A watcher's place on a board. */
export interface Seat {
  leave(): void;
}
