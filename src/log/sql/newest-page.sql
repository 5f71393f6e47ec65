-- The newest rows of the actors of a kind, in the order of their ids.
-- $1 text kind, $2 uuid after this one, $3 int at most so many
SELECT l.kind, l.actor_id, l.version, l.command_id, l.issuer, l.at, l.events, l.after, l.state_version, l.was, l.trace
FROM (
  SELECT actor_id, max(version) AS version FROM actor_log WHERE kind = $1 AND actor_id > $2 GROUP BY actor_id ORDER BY actor_id LIMIT $3
) AS head
JOIN actor_log l ON l.kind = $1 AND l.actor_id = head.actor_id AND l.version = head.version
ORDER BY l.actor_id
