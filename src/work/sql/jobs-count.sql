-- How many jobs there are of each kind and state, not counted further than so many.
-- $1 states text[], $2 kinds text[], $3 most
SELECT s.state, k.kind, n.count::int
FROM unnest($1::text[]) AS s (state) CROSS JOIN unnest($2::text[]) AS k (kind) CROSS JOIN LATERAL (
  SELECT count(*) FROM (SELECT FROM jobs WHERE state = s.state AND kind = k.kind LIMIT $3) AS counted) AS n
