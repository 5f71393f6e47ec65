-- Counts work against its share: see claim.sql.
-- $1 kinds text[] taken together, $2 share, '' = the house, $3 milliseconds
UPDATE job_turns SET tag = tag + $3::float8 * step WHERE lane = array_to_string($1::text[], ',') AND share = $2
RETURNING share
