-- The newest rows of the actors of a kind, in the order of their ids.
-- $1 text kind, $2 uuid after this one, $3 int at most so many
SELECT l.kind, l.actor_id, l.version, l.command_id, l.issuer, l.at, l.events, l.after, l.state_version, l.was, l.trace
FROM (
  SELECT actor_id, max(version) AS version FROM actor_log WHERE kind = $1 AND actor_id > $2 GROUP BY actor_id ORDER BY actor_id LIMIT $3
) AS head
CROSS JOIN LATERAL ( -- one look-up for each, whatever the statistics say
  SELECT * FROM actor_log n WHERE n.kind = $1 AND n.actor_id = head.actor_id AND n.version = head.version LIMIT 1
) AS l
ORDER BY l.actor_id
