-- Every order of a board with its version and lane.
-- $1 text site
SELECT id, version, lane FROM orders WHERE site = $1 AND lane IS NOT NULL
