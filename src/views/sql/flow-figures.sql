-- The stays of a site that ended on this day or later, by step and bucket.
-- $1 text site, $2 date day
SELECT step, bucket, sum(stays)::float8 AS stays, sum(ms)::float8 AS ms
FROM flow
WHERE generation = (SELECT generation FROM flow_kept WHERE one) AND site = $1 AND day >= $2
GROUP BY step, bucket
