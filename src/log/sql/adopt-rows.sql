-- What outlived those who worked on it: jobs whose workers are gone begin again at once, without the attempt that was cut
-- off, and everybody signs in anew, for a session that was revoked since would live again.
-- Answer: one line, how many of each.
WITH again AS (
  UPDATE jobs SET state = 'due', worker = NULL, leased_until = NULL, attempt = greatest(attempt - 1, 0)
  WHERE state = 'running'
  RETURNING 1
), ended AS (
  DELETE FROM sessions RETURNING 1
), nobody AS (
  DELETE FROM measuring
)
SELECT (SELECT count(*) FROM again)::int AS jobs, (SELECT count(*) FROM ended)::int AS sessions
