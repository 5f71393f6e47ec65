-- $1 what the login begins with, with its last hyphen. The highest number that follows it, 0 if there is none.
select coalesce(max(substr(login, length($1) + 1)::int), 0) as last
  from users
 where starts_with(login, $1) and substr(login, length($1) + 1) ~ '^[0-9]{1,9}$'
