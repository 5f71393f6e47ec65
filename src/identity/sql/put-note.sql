-- $1 id, $2 text, $3 kind, $4 actor, $5 command that will name it. The same id again changes nothing, but whoever sweeps
-- knows that it is wanted again.
insert into notes (id, text, kind, actor_id, command_id) values ($1, $2, $3, $4, $5)
on conflict (id) do update set created_at = now() where notes.command_id is not null
