-- The list of orders: one row per order as its newest version left it, written by the feed `orders`. It serves lists, the
-- board while Redis is away, and the rebuild of boards. Text that orders rows or pages sorts by bytes, as Redis does.
create table orders (
  id          uuid        primary key,
  number      text        collate "C" not null,
  reference   text        collate "C",
  site        text        not null,
  status      text        not null,
  lane        text,
  tenant      text        not null,
  owner       text        not null,
  version     int         not null,
  waiting_for text        not null,
  waiting     jsonb       not null,
  due         timestamptz,
  priority    int         not null,
  recent      text        collate "C" not null,
  urgent      text        collate "C" not null,
  card        jsonb,
  state       jsonb       not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);

-- Boards: few of all orders stand on one.
create index orders_board_recent on orders (site, lane, recent, id) where lane is not null;
create index orders_board_urgent on orders (site, lane, urgent, id) where lane is not null;
-- Keyset pages, newest change first.
create index orders_by_time on orders (updated_at, id);
create index orders_by_site on orders (site, updated_at, id);
create index orders_by_owner on orders (tenant, owner, updated_at, id);
create index orders_by_status on orders (status, updated_at, id);
create index orders_by_waiting on orders (waiting_for, updated_at, id) where waiting_for <> 'nobody';
create index orders_by_number on orders (number);
create index orders_by_reference on orders (reference) where reference is not null;

grant select, insert, update, delete on orders to andon_app;
