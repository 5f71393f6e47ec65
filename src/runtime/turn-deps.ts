import type { OpenDeps } from './open.ts';

export interface TurnDeps extends OpenDeps {
  /** Longest wait for Redis after a commit, milliseconds. */
  readonly applyWaitMs: number;
  now(): number;
  /** Told of every answer, `code` = ok or the refusal's: metrics. */
  answered(kind: string, command: string, code: string): void;
  /** What an engineer should know: `what` is stable. */
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}
