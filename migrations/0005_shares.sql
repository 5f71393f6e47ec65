-- Guest links: whoever shows the token may read one order without a session. Ordinary, deletable rows. A revoked link keeps
-- its row: a late repeat of the request that made it must not bring it back.
create table shares (
  -- HMAC-SHA-256 of the token, base64url: the table gives no link.
  hash       text collate "C" primary key,
  order_id   uuid not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index shares_by_order on shares (order_id);
create index shares_revoked on shares (revoked_at) where revoked_at is not null;

grant select, insert, update, delete on shares to andon_app;
