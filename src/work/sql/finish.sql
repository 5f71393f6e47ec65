-- Ends a job that no append has ended. No row = the job is not this attempt's any more, or was ended.
-- $1 id, $2 worker, $3 attempt, $4 state: done or obsolete, $5 outcome or null
UPDATE jobs SET state = $4, outcome = $5, message = NULL, leased_until = NULL
WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running'
RETURNING id
