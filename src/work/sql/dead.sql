-- Dead jobs of which the dead-letter queue has not been told.
-- $1 most
SELECT id, kind, actor_id, payload, drive, attempt, share, outcome, message, created_at FROM jobs
WHERE state = 'dead' AND letter IS DISTINCT FROM drive ORDER BY id LIMIT $1
