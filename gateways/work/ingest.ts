/**
 * Jobs of kind `ingest`: bring what was uploaded while the object store was away from the spool to the store. They are
 * tried until the store is back. What is lost or damaged in the spool is an alarm, and no later attempt would mend it; a
 * new upload of the same content does.
 */
import type { IngestJob } from '../../actors/jobs.ts';
import { AndonError } from '../../src/errors.ts';
import type { Models } from '../../src/files/models.ts';
import type { Handler } from '../../src/work/attempt.ts';
import type { Job } from '../../src/work/jobs.ts';

export interface IngestTools {
  readonly models: Pick<Models, 'ingest'>;
  alarm(what: string, sha256: string): void;
}

export const ingestHandler = ({ models, alarm }: IngestTools): Handler => ({
  async run(job, signal) {
    const { sha256 } = payloadOf(job);
    const became = await models.ingest(sha256, signal);
    if (became === 'stored') return undefined;
    alarm(`spooled_${became}`, sha256);
    return { obsolete: became };
  },
});

function payloadOf({ id, payload }: Job): IngestJob {
  const { sha256 } = (payload ?? {}) as Partial<IngestJob>;
  if (typeof sha256 !== 'string') throw new AndonError('bad_job', `job ${id} names no content`);
  return { sha256 };
}
