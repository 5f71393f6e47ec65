-- Takes rows into the log: each whole or not at all, with its claims and its jobs, in one statement.
-- One element per row, at most one row per (kind, actor_id), sorted by these two; a row is known by its place i from 1:
-- $1 text[] kinds, $2 uuid[] actor_ids, $3 int[] versions, $4 uuid[] bases, $5 uuid[] command_ids, $6 text[] hashes,
-- $7 timestamptz[] ats, $8 int[] state_versions, $9 text[] traces
-- $10 bytea: the JSON texts of all rows, one after the other, of each row issuer, events, after, was; $11 int[] where a
-- row's begin, from 1; $12, $13, $14, $15 int[] how many bytes each has; 0 = null
-- One element per name or job, none for the many rows that have none; first the rows' places:
-- $16 int[], $17 text[] names to take; $18 int[], $19 text[] names to free; $20 int[], $21 uuid[] jobs that end
-- $22 jsonb: jobs to make, array of {i, id, kind, payload, due, share}
-- Answer: one line per row, in their order: r = 'won', 'claim' (a name it takes is held or wanted by an earlier row) or
-- 'look' (its predecessor is not what it was decided on, or its version or command id stands in the log: look-up.sql
-- tells which); freed = how many names it freed.
-- The order of locks is the same on all nodes: rows sorted, then frees, then takes sorted, then jobs by id. Frees come
-- before takes. CTEs are materialized, and arrays handed to `= ANY`, so that every look-up goes through an index.
WITH input AS MATERIALIZED (
  SELECT t.i, t.kind, t.actor_id, t.version, t.base, t.command_id, t.command_hash, t.at, t.state_version, t.trace,
    convert_from(substr($10::bytea, t.b, t.b1), 'UTF8')::json AS issuer,
    convert_from(substr($10, t.b + t.b1, t.b2), 'UTF8')::json AS events,
    convert_from(substr($10, t.b + t.b1 + t.b2, t.b3), 'UTF8')::json AS after,
    CASE WHEN t.b4 > 0 THEN convert_from(substr($10, t.b + t.b1 + t.b2 + t.b3, t.b4), 'UTF8')::json END AS was
  FROM unnest($1::text[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[], $8::int[], $9::text[],
      $11::int[], $12::int[], $13::int[], $14::int[], $15::int[])
    WITH ORDINALITY AS t(kind, actor_id, version, base, command_id, command_hash, at, state_version, trace, b, b1, b2, b3, b4, i)
), takes AS MATERIALIZED ( -- of several rows that want one name only the first may try
  SELECT t.i, t.name, row_number() OVER (PARTITION BY t.name ORDER BY t.i) AS nth FROM unnest($16::int[], $17::text[]) AS t(i, name)
), blocked AS MATERIALIZED ( -- held by anybody, oneself included
  SELECT DISTINCT t.i FROM takes t
  WHERE t.nth > 1 OR t.name IN (SELECT c.name FROM claims c WHERE c.name = ANY ($17::text[]))
), ins AS (
  INSERT INTO actor_log (kind, actor_id, version, base, command_id, command_hash, issuer, at, events, after, state_version, was, trace)
  SELECT n.kind, n.actor_id, n.version, n.base, n.command_id, n.command_hash, n.issuer, n.at, n.events, n.after, n.state_version, n.was, n.trace
  FROM input n
  WHERE (n.version = 1 OR n.base = (SELECT p.command_id FROM actor_log p
                                    WHERE p.kind = n.kind AND p.actor_id = n.actor_id AND p.version = n.version - 1))
    AND n.i NOT IN (SELECT b.i FROM blocked b)
  ORDER BY n.i
  ON CONFLICT DO NOTHING
  RETURNING kind, actor_id
), won AS MATERIALIZED (
  SELECT n.i, n.kind, n.actor_id, n.trace FROM input n JOIN ins USING (kind, actor_id)
), frees AS MATERIALIZED (
  SELECT w.kind, w.actor_id, f.name FROM unnest($18::int[], $19::text[]) AS f(i, name) JOIN won w USING (i)
), freed AS ( -- only what the row's own actor holds
  DELETE FROM claims c
  WHERE c.name = ANY (ARRAY(SELECT f.name FROM frees f))
    AND (c.kind || c.actor_id || c.name) = ANY (ARRAY(SELECT f.kind || f.actor_id || f.name FROM frees f))
  RETURNING c.kind, c.actor_id
), took AS (
  INSERT INTO claims (name, kind, actor_id)
  SELECT t.name, w.kind, w.actor_id FROM won w JOIN takes t USING (i)
  WHERE (SELECT count(*) FROM freed) >= 0 -- frees first
  ORDER BY t.name COLLATE "C"
), made AS (
  INSERT INTO jobs (id, kind, actor_id, payload, due, share, trace)
  SELECT j.id, j.kind, w.actor_id, j.payload, coalesce(j.due, now()), j.share, w.trace
  FROM jsonb_to_recordset($22::jsonb) AS j(i int, id uuid, kind text, payload jsonb, due timestamptz, share text) JOIN won w USING (i)
  ORDER BY j.id
  ON CONFLICT DO NOTHING
), ended AS (
  UPDATE jobs j SET state = 'done', leased_until = NULL
  WHERE j.id = ANY (ARRAY(SELECT d.id FROM unnest($20::int[], $21::uuid[]) AS d(i, id) JOIN won w USING (i) ORDER BY 1)) AND j.state <> 'done'
)
SELECT CASE WHEN w.i IS NOT NULL THEN 'won' WHEN b.i IS NOT NULL THEN 'claim' ELSE 'look' END AS r, f.freed
FROM input n LEFT JOIN won w USING (i) LEFT JOIN blocked b USING (i)
  LEFT JOIN (SELECT kind, actor_id, count(*)::int AS freed FROM freed GROUP BY kind, actor_id) f ON f.kind = w.kind AND f.actor_id = w.actor_id
ORDER BY n.i
