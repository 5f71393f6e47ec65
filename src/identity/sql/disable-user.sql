-- $1 login. No row: no such user.
update users set disabled_at = coalesce(disabled_at, now()) where lower(login) = lower($1) returning id
