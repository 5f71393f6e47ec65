-- Rows of `notes` that were written for a command so long ago: those whose command stands in the log are proven, the others
-- go. One that is asked for again this very moment is fresh, and stays.
-- $1 seconds, $2 int at most so many. Answer: one line, how many were looked at, and how many went.
with old as materialized (
  select id, kind, actor_id, command_id from notes
   where command_id is not null and created_at < now() - make_interval(secs => $1)
   order by created_at limit $2
), named as materialized (
  select o.id from old o join actor_log l on l.kind = o.kind and l.actor_id = o.actor_id and l.command_id = o.command_id
), proven as (
  update notes set command_id = null where id in (select id from named)
), gone as (
  delete from notes
   where id in (select id from old except select id from named)
     and command_id is not null and created_at < now() - make_interval(secs => $1)
  returning 1
)
select (select count(*) from old)::int as looked, (select count(*) from gone)::int as gone
