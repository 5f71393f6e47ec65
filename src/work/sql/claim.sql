-- Takes jobs for a worker: first those whose lease ran out (their worker died), then due ones, the oldest first. Rows that
-- another worker is taking at this moment are skipped. Every taking is one attempt more.
-- $1 kinds text[], $2 most, $3 worker, $4 lease, milliseconds
WITH expired AS MATERIALIZED (
  SELECT id FROM jobs WHERE state = 'running' AND leased_until < now() AND kind = ANY ($1::text[])
  ORDER BY leased_until, id LIMIT $2 FOR UPDATE SKIP LOCKED
), due AS MATERIALIZED (
  SELECT id FROM jobs WHERE state = 'due' AND due <= now() AND kind = ANY ($1::text[])
  ORDER BY due, id LIMIT $2 FOR UPDATE SKIP LOCKED
), picked AS MATERIALIZED (
  SELECT id FROM (SELECT 0 AS turn, id FROM expired UNION ALL SELECT 1, id FROM due) AS found ORDER BY turn LIMIT $2
)
UPDATE jobs SET state = 'running', attempt = attempt + 1, worker = $3, leased_until = now() + $4 * interval '1 ms'
WHERE id = ANY (ARRAY(SELECT id FROM picked ORDER BY id))
RETURNING id, kind, actor_id, payload, attempt, drive, share, trace
