-- $1 login after which to go on, $2 how many.
select id, login, name, roles, site, created_at, disabled_at from users where login > $1 order by login limit $2
