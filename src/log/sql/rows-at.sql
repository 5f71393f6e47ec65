-- What actors were at certain versions.
-- $1 text kind; $2 uuid[], $3 int[] actors and versions, side by side.
-- Answer: one line per row that there is; i counts from 1.
SELECT n.i::int, l.after, l.state_version
FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY AS n(actor_id, version, i)
CROSS JOIN LATERAL (
  SELECT l.after, l.state_version FROM actor_log l
  WHERE l.kind = $1 AND l.actor_id = n.actor_id AND l.version = n.version LIMIT 1) l
