-- $1 login, $2 password hash. No row: no such user.
update users set password = $2 where lower(login) = lower($1) returning id
