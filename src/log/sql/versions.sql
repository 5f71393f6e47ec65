-- The newest version of each actor.
-- $1 text[], $2 uuid[]: kinds and ids, side by side.
-- Answer: one line per actor that exists; i counts from 1.
SELECT n.i::int, h.version
FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS n(kind, actor_id, i)
CROSS JOIN LATERAL (
  SELECT l.version FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id ORDER BY l.version DESC LIMIT 1) h
