-- $1 user. Answers all of its sessions that have a token alive, revoked before or now.
with revoked as (
  update sessions set revoked_at = now() where user_id = $1 and revoked_at is null
)
select sid from sessions where user_id = $1 and expires_at > now()
