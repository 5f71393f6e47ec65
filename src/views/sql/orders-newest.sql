-- The newest rows of actors, in the order of their ids.
-- $1 text kind, $2 uuid after this one, $3 int at most so many, $4 text name of a cursor
-- passed = that cursor is there or beyond.
SELECT l.kind, l.actor_id, l.version, l.command_id, l.issuer, l.at, l.events, l.after, l.state_version, l.was, l.trace,
  (l.era, l.xid, l.seq) <= (c.era, c.xid, c.seq) AS passed
FROM (
  SELECT actor_id, max(version) AS version FROM actor_log WHERE kind = $1 AND actor_id > $2 GROUP BY actor_id ORDER BY actor_id LIMIT $3
) AS head
CROSS JOIN LATERAL (
  SELECT * FROM actor_log n WHERE n.kind = $1 AND n.actor_id = head.actor_id AND n.version = head.version LIMIT 1
) AS l
LEFT JOIN cursors c ON c.name = $4
ORDER BY l.actor_id
