-- The next rows of all actors in the order of the feed, as far as nothing can come in before them any more.
-- $1 int era, $2 xid8 xid, $3 bigint seq: the last row already read. $4 int at most so many.
-- A transaction that still runs has an xid at or above the snapshot's xmin and each append is one statement, so whatever
-- stands below xmin is complete. Rows of an earlier era carry xids of another counter and are all complete. Both bounds
-- are row comparisons, so that a stalled feed does not read what waits, over and over.
SELECT kind, actor_id, version, command_id, issuer, at, events, after, state_version, was, trace, era, xid, seq
FROM actor_log
WHERE (era, xid, seq) > ($1, $2::xid8, $3)
  AND (era, xid) < ((SELECT current FROM era WHERE one), (SELECT pg_snapshot_xmin(pg_current_snapshot())))
ORDER BY era, xid, seq
LIMIT $4
