-- A model, what its content was measured to be, if it was, and whether that is still in a spool only.
-- $1 id, $2 number of the engine
SELECT m.id, m.tenant, m.owner, m.name, m.bytes, m.sha256, m.created_at, g.measured,
       EXISTS (SELECT FROM spooled s WHERE s.sha256 = m.sha256) AS spooled
FROM models m LEFT JOIN geometry g ON g.sha256 = m.sha256 AND g.engine = $2
WHERE m.id = $1
