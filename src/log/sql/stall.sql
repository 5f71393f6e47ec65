-- What holds the feed back.
-- $1 int era, $2 xid8 xid, $3 bigint seq: the last row already read.
-- Answer: no line when no committed row waits. Else since when the first one waits, and the oldest running transaction
-- that writes, anywhere in the cluster: its session, or the name of a prepared transaction. `seconds` is its age, null
-- where our role may not see it.
SELECT w.at AS waiting_since, b.pid, b.application_name, b.datname, b.usename, b.seconds, b.prepared
FROM (
  SELECT l.at FROM actor_log l
  WHERE (l.era, l.xid, l.seq) > ($1, $2::xid8, $3)
    AND (l.era, l.xid) >= ((SELECT current FROM era WHERE one), (SELECT pg_snapshot_xmin(pg_current_snapshot())))
  ORDER BY l.era, l.xid, l.seq LIMIT 1
) w
LEFT JOIN LATERAL (
  SELECT * FROM (
    SELECT a.pid, a.application_name, a.datname, a.usename, extract(epoch FROM now() - a.xact_start)::float8 AS seconds,
           NULL::text AS prepared, age(a.backend_xid) AS old
    FROM pg_stat_activity a WHERE a.backend_xid IS NOT NULL
    UNION ALL
    SELECT NULL, NULL, p.database, p.owner, extract(epoch FROM now() - p.prepared)::float8, p.gid, age(p.transaction)
    FROM pg_prepared_xacts p
  ) open ORDER BY old DESC LIMIT 1
) b ON true
