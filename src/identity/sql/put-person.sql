-- $1 id, $2 name or null, $3 contact, $4 kind, $5 actor, $6 command that will name it (null: nobody has to look for it). The
-- same id again changes nothing, but whoever sweeps knows that it is wanted again.
insert into people (id, name, contact, kind, actor_id, command_id) values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update set created_at = now() where people.command_id is not null
