-- How far the orders are behind the log: age of the first row not read yet, whole seconds; no line = not behind.
-- $1 text name of the cursor
SELECT greatest(0, floor(extract(epoch FROM now() - l.at)))::int AS seconds
FROM cursors c CROSS JOIN LATERAL (
  SELECT at FROM actor_log WHERE (era, xid, seq) > (c.era, c.xid, c.seq) ORDER BY era, xid, seq LIMIT 1
) l
WHERE c.name = $1
