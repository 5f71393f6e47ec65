-- Lets a generation be the kept one, where both have read the log up to the same row, and says how far they differ.
-- $1 int the kept one, $2 int the new one; $3 text, $4 text their cursors
-- Answer: one line: swapped; different = buckets with other stays than before, null where nothing was swapped.
WITH same AS (
  SELECT FROM cursors a JOIN cursors b ON (a.era, a.xid, a.seq) = (b.era, b.xid, b.seq) WHERE a.name = $3 AND b.name = $4
), swapped AS (
  UPDATE flow_kept SET generation = $2 WHERE generation = $1 AND EXISTS (SELECT FROM same) RETURNING 1
)
SELECT true AS swapped, (
  SELECT count(*)::int
  FROM (SELECT * FROM flow WHERE generation = $1) a FULL JOIN (SELECT * FROM flow WHERE generation = $2) b USING (site, day, step, bucket)
  WHERE (a.stays, a.ms) IS DISTINCT FROM (b.stays, b.ms)
) AS different
FROM swapped
