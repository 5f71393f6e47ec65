-- Fair shares of the workers, the cause of a job's end, and lists of jobs.

-- How much each share ('' = the house) has had, per lane (kinds that are taken together): see src/work/sql/claim.sql.
-- `tag` = milliseconds of work by weight, `step` = 1 / weight, `start` = the tag at its newest turn, `at` = when that was.
-- Nothing is lost with these rows but the memory of who was served, so they are not written ahead.
CREATE UNLOGGED TABLE job_turns (
  lane  text             NOT NULL,
  share text             NOT NULL,
  tag   double precision NOT NULL,
  step  double precision NOT NULL CHECK (step > 0),
  start double precision NOT NULL,
  at    timestamptz      NOT NULL,
  PRIMARY KEY (lane, share)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON job_turns TO andon_app;

-- What went wrong, for people; `outcome` is its code.
ALTER TABLE jobs ADD COLUMN message text;

-- The oldest job of each share, and the shares themselves, one look-up each.
CREATE INDEX jobs_waiting ON jobs (kind, (coalesce(share, '')), due, id) WHERE state = 'due';
-- Pages of a state and kind, and their counts.
CREATE INDEX jobs_listed ON jobs (state, kind, created_at, id);
DROP INDEX jobs_dead;
