-- $1 uuid. No row: there is no such key.
update partner_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning id
