-- $1 seconds. The sessions revoked within that time, and those of users who were disabled in it.
select sid from sessions where revoked_at > now() - make_interval(secs => $1)
union
select s.sid
  from users u
  join sessions s on s.user_id = u.id
 where u.disabled_at > now() - make_interval(secs => $1) and s.expires_at > now()
