-- $1 sid.
update sessions set revoked_at = now() where sid = $1 and revoked_at is null returning sid
