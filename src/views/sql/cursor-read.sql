-- Where a feed stands. Made at the beginning of the log when it is not there yet.
-- $1 text name
WITH made AS (
  INSERT INTO cursors (name, era, xid, seq) VALUES ($1, 0, '0', 0) ON CONFLICT DO NOTHING RETURNING era, xid, seq
)
SELECT era, xid::text, seq::text FROM cursors WHERE name = $1 UNION ALL SELECT era, xid::text, seq::text FROM made
