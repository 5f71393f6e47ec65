-- Gives a job back to be taken later. No row = the job is not this attempt's any more.
-- $1 id, $2 worker, $3 attempt, $4 code or null, $5 message or null, $6 after so many milliseconds,
-- $7 attempts that do not count
UPDATE jobs SET state = 'due', outcome = $4, message = $5, due = now() + $6 * interval '1 ms', attempt = attempt - $7,
  leased_until = NULL
WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running'
RETURNING id
