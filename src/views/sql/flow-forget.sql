-- Takes rows away of a generation that is not kept. A line for each row that went.
-- $1 int generation, $2 int at most so many
DELETE FROM flow
WHERE generation = $1 AND NOT EXISTS (SELECT FROM flow_kept WHERE generation = $1) AND (site, day, step, bucket) IN (
  SELECT site, day, step, bucket FROM flow WHERE generation = $1 LIMIT $2
)
RETURNING 1 AS gone
