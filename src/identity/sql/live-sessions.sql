-- $1 sids. Those not revoked, of users not disabled, with who it is.
select s.sid, u.id, u.tenant, u.name, u.roles, u.site
  from unnest($1::uuid[]) as asked (sid)
  join sessions s on s.sid = asked.sid
  join users u on u.id = s.user_id
 where s.revoked_at is null and s.expires_at > now() and u.disabled_at is null
