-- $1 order. The hashes of the links that ended now.
update shares set revoked_at = now() where order_id = $1 and revoked_at is null returning hash
