-- The newest row of each actor.
-- $1 text[], $2 uuid[]: kinds and ids, side by side.
-- Answer: one line per actor that exists; i counts from 1.
SELECT n.i::int, h.version, h.command_id, h.after, h.state_version, q.yes IS NOT NULL AS quarantined
FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS n(kind, actor_id, i)
CROSS JOIN LATERAL (
  SELECT l.version, l.command_id, l.after, l.state_version FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id ORDER BY l.version DESC LIMIT 1) h
LEFT JOIN LATERAL (
  SELECT true AS yes FROM quarantine q WHERE q.kind = n.kind AND q.actor_id = n.actor_id LIMIT 1) q ON true
