-- Ends a session of our own login, waiting until it is gone.
-- $1 int pid, $2 text started (as backend.sql tells it), $3 bigint milliseconds to wait.
-- Answer: ended = it is gone, or was already (its pid may belong to another session by now). A session whose start we
-- may not see could be the one: not ended.
SELECT coalesce(bool_and(CASE WHEN a.backend_start IS NOT NULL THEN pg_terminate_backend(a.pid, $3) END IS TRUE), true) AS ended
FROM pg_stat_activity a
WHERE a.pid = $1 AND (a.backend_start IS NULL OR extract(epoch FROM a.backend_start)::text = $2)
