-- Bytes of an owner's models that wait in a spool, each id counted.
-- $1 tenant, $2 owner
SELECT coalesce(sum(m.bytes), 0)::float8 AS bytes
FROM (SELECT DISTINCT sha256 FROM spooled) s JOIN models m USING (sha256)
WHERE m.tenant = $1 AND m.owner = $2
