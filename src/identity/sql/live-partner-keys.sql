-- $1 bytea[] digests. Those neither revoked nor expired, with whose they are.
select k.digest, k.id, k.scopes, k.expires_at, p.id as partner_id, p.name as partner
  from partner_keys k
  join partners p on p.id = k.partner
 where k.digest = any ($1) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
