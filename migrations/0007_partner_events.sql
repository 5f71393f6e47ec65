-- The event feed of each partner: what happened to its orders, in the order of the log, written by the feed
-- `partner-events`. A place in it is (era, xid, seq, n): the row of the log, and the event within that row.
create table partner_events (
  tenant text   collate "C" not null,
  era    int    not null,
  xid    xid8   not null,
  seq    bigint not null,
  n      int    not null,
  -- As it is told, to the byte.
  event  json   not null,
  primary key (tenant, era, xid, seq, n)
);

grant select, insert, update, delete on partner_events to andon_app;
