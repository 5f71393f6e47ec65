-- $1 sid, $2 new end. No row: it was revoked meanwhile.
update sessions set expires_at = greatest(expires_at, $2)
 where sid = $1 and revoked_at is null
returning sid
