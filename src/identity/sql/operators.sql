-- $1 site or null for all, $2 login after which to go on, $3 how many.
select id, login, name, site
  from users
 where roles @> array['operator'] and disabled_at is null and site is not null
   and ($1::text is null or site = $1) and login > $2
 order by login
 limit $3
