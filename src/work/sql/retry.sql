-- Gives a job back to be taken later. No row = the job is not this attempt's any more.
-- $1 id, $2 worker, $3 attempt, $4 outcome or null, $5 after so many milliseconds, $6 attempts that do not count
UPDATE jobs SET state = 'due', outcome = $4, due = now() + $5 * interval '1 ms', attempt = attempt - $6, leased_until = NULL
WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running'
RETURNING id
