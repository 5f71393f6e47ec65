-- The rows of one actor after a version, oldest first.
-- $1 text kind, $2 uuid actor, $3 int version (exclusive), $4 int at most so many
SELECT kind, actor_id, version, command_id, issuer, at, events, after, state_version, was, trace
FROM actor_log
WHERE kind = $1 AND actor_id = $2 AND version > $3
ORDER BY version
LIMIT $4
