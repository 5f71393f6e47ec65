-- Asked before any refusal is answered: is what was judged still the head, and does one of these commands stand in the
-- log already? One snapshot answers both.
-- $1 jsonb: array of {i, kind, actor_id, version, ids}; version = the one that was judged, 0 = the actor does not exist.
-- Answer: one line per question and command found, at least one per question: head, head_command = the newest row
-- (null = none), after and state_version of it only where its version is not the asked one, quarantined; mine_* = a
-- row of that actor with one of the ids. OFFSET 0 and LIMIT keep each look-up a walk down an index.
SELECT n.i, h.version AS head, h.command_id AS head_command,
       CASE WHEN h.version <> n.version THEN h.after END AS after,
       CASE WHEN h.version <> n.version THEN h.state_version END AS state_version,
       q.yes IS NOT NULL AS quarantined,
       m.command_id AS mine, m.version AS mine_version, m.command_hash AS mine_hash, m.after AS mine_after,
       m.state_version AS mine_state_version
FROM jsonb_to_recordset($1::jsonb) AS n(i int, kind text, actor_id uuid, version int, ids uuid[])
LEFT JOIN LATERAL (
  SELECT l.version, l.command_id, l.after, l.state_version FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id ORDER BY l.version DESC LIMIT 1) h ON true
LEFT JOIN LATERAL (
  SELECT true AS yes FROM quarantine q WHERE q.kind = n.kind AND q.actor_id = n.actor_id LIMIT 1) q ON true
LEFT JOIN LATERAL (
  SELECT l.command_id, l.version, l.command_hash, l.after, l.state_version FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id AND l.command_id = ANY (n.ids) OFFSET 0) m ON true
