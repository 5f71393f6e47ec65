-- Ends a generation that is not kept: whoever still fills it finds its cursor gone.
-- $1 int generation, $2 text its cursor
DELETE FROM cursors WHERE name = $2 AND NOT EXISTS (SELECT FROM flow_kept WHERE generation = $1)
