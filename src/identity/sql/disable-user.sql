-- $1 login in any case, $2 boolean. No row: there is no such user. Disabled twice: since the first time.
update users set disabled_at = case when $2 then coalesce(disabled_at, now()) end where lower(login) = lower($1)
returning id, login, name, roles, site, created_at, disabled_at
