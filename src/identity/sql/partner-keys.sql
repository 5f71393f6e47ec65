-- Every key there is, without its digest.
select k.id, p.name as partner, p.id as partner_id, k.scopes, k.created_at, k.expires_at, k.revoked_at
  from partner_keys k
  join partners p on p.id = k.partner
 order by p.name, k.created_at, k.id
