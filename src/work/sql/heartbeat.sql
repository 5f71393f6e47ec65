-- Prolongs a lease. No row = the job is not this attempt's any more.
-- $1 id, $2 worker, $3 attempt, $4 lease, milliseconds
UPDATE jobs SET leased_until = now() + $4 * interval '1 ms'
WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running'
RETURNING id
