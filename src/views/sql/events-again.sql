-- By a rebuild: writes events of partners that are missing or not what the log says.
-- $1 json array of {tenant, era, xid, seq, n, event}
-- Answer: one line: written = how many were not as they should be.
WITH written AS (
  INSERT INTO partner_events (tenant, era, xid, seq, n, event)
  SELECT r.tenant, r.era, r.xid, r.seq, r.n, r.event
  FROM json_to_recordset($1::json) AS r(tenant text, era int, xid xid8, seq bigint, n int, event json)
  ORDER BY r.tenant, r.era, r.xid, r.seq, r.n
  ON CONFLICT (tenant, era, xid, seq, n) DO UPDATE SET event = excluded.event
  WHERE partner_events.event::text <> excluded.event::text
  RETURNING 1
)
SELECT count(*)::int AS written FROM written
