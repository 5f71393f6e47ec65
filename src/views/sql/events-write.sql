-- Writes events of partners and moves the feed's cursor from where it was read, in one transaction.
-- $1 json array of {tenant, era, xid, seq, n, event}
-- $2 text name of the cursor; $3 int, $4 xid8, $5 bigint where it was; $6, $7, $8 where it is then
-- Answer: one line: moved = the cursor was still there (else nothing was written).
WITH moved AS (
  UPDATE cursors SET era = $6, xid = $7, seq = $8 WHERE name = $2 AND era = $3 AND xid = $4 AND seq = $5 RETURNING 1
), written AS (
  INSERT INTO partner_events (tenant, era, xid, seq, n, event)
  SELECT r.tenant, r.era, r.xid, r.seq, r.n, r.event
  FROM json_to_recordset($1::json) AS r(tenant text, era int, xid xid8, seq bigint, n int, event json)
  WHERE EXISTS (SELECT FROM moved)
  ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT FROM moved) AS moved
