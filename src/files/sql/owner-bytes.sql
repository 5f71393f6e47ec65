-- Bytes of all models of an owner, each id counted, whatever contents they share.
-- $1 tenant, $2 owner
SELECT coalesce(sum(bytes), 0)::float8 AS bytes FROM models WHERE tenant = $1 AND owner = $2
