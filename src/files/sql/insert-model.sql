-- A new model and, in the same statement, where its content is: in the store (then no spool matters any more), or in a
-- spool, with the job that will bring it to the store.
-- $1 id, $2 tenant, $3 owner, $4 name, $5 bytes, $6 sha256,
-- $7 whose spool, null = it is stored, $8 id of the job, $9 kind of the job
WITH stored AS (
  DELETE FROM spooled WHERE sha256 = $6 AND $7::text IS NULL
), waits AS (
  INSERT INTO spooled (sha256, node) SELECT $6, $7 WHERE $7::text IS NOT NULL ON CONFLICT DO NOTHING
), job AS (
  INSERT INTO jobs (id, kind, actor_id, payload)
  SELECT $8::uuid, $9, $1::uuid, jsonb_build_object('sha256', $6::text) WHERE $7::text IS NOT NULL
)
INSERT INTO models (id, tenant, owner, name, bytes, sha256) VALUES ($1::uuid, $2, $3, $4, $5, $6::text)
RETURNING id, tenant, owner, name, bytes, sha256, created_at, $7::text IS NOT NULL AS spooled
