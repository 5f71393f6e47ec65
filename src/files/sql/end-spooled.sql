-- The content is in the store.
-- $1 sha256
DELETE FROM spooled WHERE sha256 = $1 RETURNING sha256
