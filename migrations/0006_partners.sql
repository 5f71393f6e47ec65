-- Partner companies and the keys they sign in with. Of a key only a digest is kept: HMAC-SHA-256 with a pepper that
-- stands in no table, so whoever reads these rows can neither use a key nor try one out.

create table partners (
  -- The tenant of its orders, models and references: it outlives every key.
  id         uuid primary key,
  name       text not null unique check (name <> ''),
  created_at timestamptz not null default now()
);

create table partner_keys (
  id         uuid primary key,
  partner    uuid not null references partners on delete cascade,
  digest     bytea not null unique,
  scopes     text[] not null check (cardinality(scopes) > 0),
  -- null = it does not expire
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index partner_keys_by_partner on partner_keys (partner);

grant select, insert, update, delete on partners, partner_keys to andon_app;
