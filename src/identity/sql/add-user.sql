-- $1 id, $2 login, $3 name, $4 roles, $5 site or null, $6 password hash. No row: the login is taken, or there is a user of this id.
insert into users (id, login, name, roles, site, password)
values ($1, $2, $3, $4, $5, $6)
on conflict do nothing
returning id, tenant, name, roles, site
