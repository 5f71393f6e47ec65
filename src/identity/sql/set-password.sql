-- $1 login in any case, $2 hash. No row: there is no such user.
update users set password = $2 where lower(login) = lower($1)
returning id, login, name, roles, site, created_at, disabled_at
