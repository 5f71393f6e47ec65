/** A running process: `stop` lets what runs finish and gives back what can't. */
import type { Health } from '../telemetry/health.ts';

export interface Running {
  readonly health: Pick<Health, 'report'>;
  /** `everything`: the others stop too, so that there is nobody to send clients to. */
  stop(everything: boolean): Promise<void>;
}
