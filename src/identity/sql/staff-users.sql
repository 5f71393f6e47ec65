-- $1 roles that all of a user's are among, $2 site or null for all, $3 part of the name or login in any case or null,
-- $4 login after which to go on, $5 how many. By index of the roles: buyers, who are most, are not looked at.
select id, login, name, roles, site, created_at, disabled_at
  from users
 where roles && $1::text[] and roles <@ $1::text[] and ($2::text is null or site = $2)
   and ($3::text is null or strpos(lower(name), lower($3)) > 0 or strpos(lower(login), lower($3)) > 0)
   and login > $4
 order by login
 limit $5
