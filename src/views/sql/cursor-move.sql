-- Moves a feed's cursor from where it was read. No row = somebody else has moved it.
-- $1 text name; $2 int, $3 xid8, $4 bigint where it was; $5, $6, $7 where it is then
UPDATE cursors SET era = $5, xid = $6, seq = $7 WHERE name = $1 AND era = $2 AND xid = $3 AND seq = $4 RETURNING 1 AS moved
