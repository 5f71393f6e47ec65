-- $1 hashes. Those not revoked, with the order they open.
select hash, order_id from shares where hash = any ($1::text[]) and revoked_at is null
