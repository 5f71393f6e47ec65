-- $1 ids, $2 roles of staff. Names of buyers and partners are not given out.
select id, name from users where id = any ($1::uuid[]) and roles && $2::text[]
