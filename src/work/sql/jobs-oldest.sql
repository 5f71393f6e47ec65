-- For how long the oldest due job of each kind has waited, seconds; 0 = none waits.
-- $1 kinds text[]
SELECT k.kind, coalesce(extract(epoch FROM now() - (
  SELECT due FROM jobs WHERE state = 'due' AND kind = k.kind AND due <= now() ORDER BY due LIMIT 1)), 0)::float8 AS seconds
FROM unnest($1::text[]) AS k (kind)
