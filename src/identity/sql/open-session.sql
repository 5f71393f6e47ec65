-- $1 sid, $2 user, $3 end. Also forgets the user's sessions that ended more than a day ago.
with forgotten as (
  delete from sessions where user_id = $2 and expires_at < now() - interval '1 day'
)
insert into sessions (sid, user_id, expires_at) values ($1, $2, $3)
