-- $1 uuid command, $2 uuid user, $3 hash. No row: this command gave a password before. Of two at once one waits for the other.
with fresh as (
  insert into given_passwords (command_id, user_id) values ($1, $2)
  on conflict do nothing returning user_id
)
update users set password = $3 from fresh where users.id = fresh.user_id
returning users.id
