-- $1 id, $2 text. The same id again changes nothing.
insert into notes (id, text) values ($1, $2) on conflict (id) do nothing
