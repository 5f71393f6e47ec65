/** A running process: `stop` lets what runs finish and gives back what can't. */
import type { Health } from '../telemetry/health.ts';

export interface Running {
  readonly health: Pick<Health, 'report'>;
  stop(): Promise<void>;
}
