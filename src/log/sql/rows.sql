-- The rows of each actor after a version, the oldest.
-- $1 text[] kinds, $2 uuid[] actors, $3 int[] versions (exclusive), $4 int[] at most so many of each, side by side.
-- Answer: i counts from 1; the rows of one i in any order.
SELECT n.i::int, r.*
FROM unnest($1::text[], $2::uuid[], $3::int[], $4::int[]) WITH ORDINALITY AS n(kind, actor_id, since, most, i)
CROSS JOIN LATERAL (
  SELECT l.kind, l.actor_id, l.version, l.command_id, l.issuer, l.at, l.events, l.after, l.state_version, l.was, l.trace
  FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id AND l.version > n.since
  ORDER BY l.version LIMIT n.most) r
