-- A worker's pace; what stopped telling a day ago is forgotten.
-- $1 worker, $2 kind, $3 slots, $4 moving mean of a job, milliseconds, or null
WITH old AS (DELETE FROM job_pace WHERE kind = $2 AND at < now() - interval '1 day')
INSERT INTO job_pace (worker, kind, slots, mean_ms, at) VALUES ($1, $2, $3, $4, now())
ON CONFLICT (kind, worker) DO UPDATE SET slots = excluded.slots, mean_ms = excluded.mean_ms, at = excluded.at
