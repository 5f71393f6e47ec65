-- Marks a job dead after its last attempt; also one that the news of its death (an append) has just ended.
-- $1 id, $2 worker, $3 attempt, $4 code, $5 message or null
UPDATE jobs SET state = 'dead', outcome = $4, message = $5, leased_until = NULL
WHERE id = $1 AND worker = $2 AND attempt = $3 AND state IN ('running', 'done')
RETURNING id
