-- $1 login, in any case. No row: unknown or disabled.
select id, tenant, name, roles, site, password
  from users
 where lower(login) = lower($1) and disabled_at is null
