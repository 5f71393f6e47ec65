-- $1 id. No row: there is no such user.
select id, login, name, roles, site, created_at, disabled_at, password from users where id = $1
