-- $1 uuid of the partner if it is new, $2 its name, $3 uuid of the key, $4 bytea digest, $5 text[] scopes,
-- $6 timestamptz or null. Answer: one line, the partner's id.
with partner as (
  insert into partners (id, name) values ($1, $2)
  on conflict (name) do update set name = excluded.name
  returning id
)
insert into partner_keys (id, partner, digest, scopes, expires_at)
select $3, id, $4, $5, $6 from partner
returning partner as partner_id
