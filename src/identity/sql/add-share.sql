-- $1 hash, $2 order, $3 who, $4 most links of one order, those revoked included. One line: made; else, unless there were
-- already too many, it was there before (`links` and `known` as before this statement).
with made as (
  insert into shares (hash, order_id, created_by)
  select $1, $2, $3 where (select count(*) from shares where order_id = $2) < $4
  on conflict (hash) do nothing
  returning hash
)
select exists (select from made) as made, exists (select from shares where hash = $1) as known,
  (select count(*) from shares where order_id = $2)::int as links
