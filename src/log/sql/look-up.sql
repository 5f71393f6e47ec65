-- Why a row was not taken. Asked after append.sql answered 'look' or 'claim' for it.
-- $1 jsonb: array of {i, kind, actor_id, command_id, takes}.
-- Answer: one line per row: mine_* = the row of this actor with this command id; head, head_command = the actor's newest
-- row; held = {name: actor id} of those names in `takes` that are held. Null where there is none.
SELECT n.i,
       m.version AS mine_version, m.command_hash AS mine_hash, m.at AS mine_at, m.after AS mine_after,
       m.state_version AS mine_state_version,
       h.version AS head, h.command_id AS head_command,
       (SELECT jsonb_object_agg(c.name, c.actor_id) FROM claims c WHERE c.name = ANY (n.takes)) AS held
FROM jsonb_to_recordset($1::jsonb) AS n(i int, kind text, actor_id uuid, command_id uuid, takes text[])
LEFT JOIN LATERAL (
  SELECT l.version, l.command_hash, l.at, l.after, l.state_version FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id AND l.command_id = n.command_id LIMIT 1) m ON true
LEFT JOIN LATERAL (
  SELECT l.version, l.command_id FROM actor_log l
  WHERE l.kind = n.kind AND l.actor_id = n.actor_id ORDER BY l.version DESC LIMIT 1) h ON true
ORDER BY n.i
