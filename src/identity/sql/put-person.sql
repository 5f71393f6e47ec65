-- $1 id, $2 name or null, $3 contact. The same id again changes nothing.
insert into people (id, name, contact) values ($1, $2, $3) on conflict (id) do nothing
