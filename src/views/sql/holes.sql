-- Rows without a predecessor: which of these versions stand in the log though the version before does not.
-- $1 text[] kinds, $2 uuid[] actors, $3 int[] versions, each above 1
SELECT n.kind, n.actor, n.version
FROM unnest($1::text[], $2::uuid[], $3::int[]) AS n(kind, actor, version)
WHERE NOT EXISTS (SELECT FROM actor_log l WHERE l.kind = n.kind AND l.actor_id = n.actor AND l.version = n.version - 1)
