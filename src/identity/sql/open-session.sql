-- $1 sid, $2 user, $3 end, $4 hash of the password that was given. No row: meanwhile the user has another one, or is disabled.
-- The lock keeps both until this is done: whoever ends all sessions after such a change then finds this one too.
-- Also forgets the user's sessions that ended more than a day ago.
with forgotten as (
  delete from sessions where user_id = $2 and expires_at < now() - interval '1 day'
), known as (
  select id from users where id = $2 and password = $4 and disabled_at is null for share
)
insert into sessions (sid, user_id, expires_at) select $1, id, $3 from known returning sid
