-- Takes rows into the log: each whole or not at all, with its claims and its jobs, in one statement.
-- $1 jsonb: array of rows as in `input`; at most one per (kind, actor_id), sorted by these two, `i` counting from 0.
-- Answer: one line per row, in the order of i: r = 'won', 'claim' (a name it takes is held or wanted by an earlier row)
-- or 'look' (its predecessor is not what it was decided on, or its version or command id stands in the log: look-up.sql
-- tells which); unfreed = how many of its frees it did not hold.
-- The order of locks is the same on all nodes: rows sorted, then frees, then takes sorted, then jobs by id. Frees come
-- before takes. CTEs are materialized, and arrays handed to `= ANY`, so that every look-up goes through an index.
WITH input AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(
    i int, kind text, actor_id uuid, version int, base uuid, command_id uuid, command_hash text, issuer jsonb,
    at timestamptz, events jsonb, after jsonb, state_version int, was jsonb, trace text,
    takes text[], frees text[], jobs jsonb, done uuid[])
), takes AS MATERIALIZED ( -- of several rows that want one name only the first may try
  SELECT n.i, x.name, row_number() OVER (PARTITION BY x.name ORDER BY n.i) AS nth
  FROM input n, unnest(n.takes) AS x(name)
), blocked AS MATERIALIZED ( -- held by anybody, oneself included
  SELECT DISTINCT t.i FROM takes t
  WHERE t.nth > 1 OR t.name IN (SELECT c.name FROM claims c WHERE c.name = ANY (ARRAY(SELECT name FROM takes)))
), ins AS (
  INSERT INTO actor_log (kind, actor_id, version, base, command_id, command_hash, issuer, at, events, after, state_version, was, trace)
  SELECT n.kind, n.actor_id, n.version, n.base, n.command_id, n.command_hash, n.issuer, n.at, n.events, n.after, n.state_version, n.was, n.trace
  FROM input n
  WHERE (n.version = 1 OR n.base = (SELECT p.command_id FROM actor_log p
                                    WHERE p.kind = n.kind AND p.actor_id = n.actor_id AND p.version = n.version - 1))
    AND n.i NOT IN (SELECT b.i FROM blocked b)
  ORDER BY n.kind, n.actor_id
  ON CONFLICT DO NOTHING
  RETURNING kind, actor_id, command_id
), won AS MATERIALIZED (
  SELECT n.* FROM input n JOIN ins USING (kind, actor_id, command_id)
), freed AS ( -- only what the row's own actor holds
  DELETE FROM claims c
  WHERE c.name = ANY (ARRAY(SELECT f.name FROM won w, unnest(w.frees) AS f(name)))
    AND (c.kind || c.actor_id || c.name) = ANY (ARRAY(SELECT w.kind || w.actor_id || f.name FROM won w, unnest(w.frees) AS f(name)))
  RETURNING c.kind, c.actor_id
), took AS (
  INSERT INTO claims (name, kind, actor_id)
  SELECT t.name, w.kind, w.actor_id FROM won w JOIN takes t USING (i)
  WHERE (SELECT count(*) FROM freed) >= 0 -- frees first
  ORDER BY t.name COLLATE "C"
  RETURNING 1
), made AS (
  INSERT INTO jobs (id, kind, actor_id, payload, due, share, trace)
  SELECT j.id, j.kind, w.actor_id, j.payload, coalesce(j.due, now()), j.share, w.trace
  FROM won w, jsonb_to_recordset(w.jobs) AS j(id uuid, kind text, payload jsonb, due timestamptz, share text)
  ORDER BY j.id
  ON CONFLICT DO NOTHING
  RETURNING 1
), ended AS (
  UPDATE jobs j SET state = 'done', leased_until = NULL
  WHERE j.id = ANY (ARRAY(SELECT d.id FROM won w, unnest(w.done) AS d(id) ORDER BY 1)) AND j.state <> 'done'
  RETURNING 1
)
SELECT n.i,
       CASE WHEN w.i IS NOT NULL THEN 'won' WHEN b.i IS NOT NULL THEN 'claim' ELSE 'look' END AS r,
       (coalesce(cardinality(w.frees), 0)
        - (SELECT count(*) FROM freed f WHERE f.kind = w.kind AND f.actor_id = w.actor_id))::int AS unfreed
FROM input n LEFT JOIN won w USING (i) LEFT JOIN blocked b USING (i)
ORDER BY n.i
