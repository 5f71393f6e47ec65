-- Adds stays to a generation and moves its cursor from where it was read, in one transaction: each row counts once.
-- $1 jsonb array of {site, day, step, bucket, stays, ms}, one per bucket
-- $2 int generation, $3 text its cursor; $4 int, $5 xid8, $6 bigint where it was; $7, $8, $9 where it is then
-- Answer: one line: moved = the cursor was still there (else nothing was added).
WITH moved AS (
  UPDATE cursors SET era = $7, xid = $8, seq = $9 WHERE name = $3 AND era = $4 AND xid = $5 AND seq = $6 RETURNING 1
), added AS (
  INSERT INTO flow (generation, site, day, step, bucket, stays, ms)
  SELECT $2, r.site, r.day, r.step, r.bucket, r.stays, r.ms
  FROM jsonb_to_recordset($1::jsonb) AS r(site text, day date, step text, bucket int, stays bigint, ms bigint)
  WHERE EXISTS (SELECT FROM moved)
  ON CONFLICT (generation, site, day, step, bucket) DO UPDATE SET stays = flow.stays + excluded.stays, ms = flow.ms + excluded.ms
)
SELECT EXISTS (SELECT FROM moved) AS moved
