import type { OpenDeps } from './open.ts';

export interface TurnDeps extends OpenDeps {
  /** Waits for Redis after a commit, not longer than a while. `done` never rejects. */
  patiently(done: Promise<void>): Promise<void>;
  now(): number;
  /** Told of every answer, `code` = ok or the refusal's: metrics. */
  answered(kind: string, command: string, code: string): void;
  /** What an engineer should know: `what` is stable. */
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}
