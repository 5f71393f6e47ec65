-- How long orders stay where: per site, day and step a histogram of the stays that ended, kept by the feed `flow`. Adding
-- to it is no absolute operation, so each generation has a cursor of its own (`flow:<generation>`) that moves in the same
-- transaction: every row of the log counts once. A rebuild fills another generation, then `flow_kept` names that one.
create table flow (
  generation int    not null,
  site       text   collate "C" not null,
  -- On which the stays ended, UTC.
  day        date   not null,
  step       text   collate "C" not null,
  -- By logarithm of the milliseconds, see flow-buckets.ts.
  bucket     int    not null,
  stays      bigint not null,
  -- All of them together.
  ms         bigint not null,
  primary key (generation, site, day, step, bucket)
) with (fillfactor = 70); -- the same few rows are updated over and over, within their page

create table flow_kept (
  one        boolean primary key default true check (one), -- a single row
  generation int     not null
);
insert into flow_kept (generation) values (1);

grant select, insert, update, delete on flow to andon_app;
grant select, update on flow_kept to andon_app;
