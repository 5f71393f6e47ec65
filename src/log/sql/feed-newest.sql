-- The same rows as feed.sql in the same order, for the view that folds only the newest row of each actor: of the others
-- there is no more than their place, and nothing of them is turned into JSON.
-- $1 int era, $2 xid8 xid, $3 bigint seq: the last row already read. $4 int at most so many.
SELECT kind, actor_id, version, era, xid, seq, command_id, at, state_version, newest,
  CASE WHEN newest THEN issuer END AS issuer, CASE WHEN newest THEN events END AS events,
  CASE WHEN newest THEN after END AS after, CASE WHEN newest THEN was END AS was, CASE WHEN newest THEN trace END AS trace
FROM (
  SELECT page.*, version = max(version) OVER (PARTITION BY kind, actor_id) AS newest
  FROM (
    SELECT kind, actor_id, version, command_id, issuer, at, events, after, state_version, was, trace, era, xid, seq
    FROM actor_log
    WHERE (era, xid, seq) > ($1, $2::xid8, $3)
      AND (era, xid) < ((SELECT current FROM era WHERE one), (SELECT pg_snapshot_xmin(pg_current_snapshot())))
    ORDER BY era, xid, seq
    LIMIT $4
  ) AS page
) AS marked
ORDER BY era, xid, seq
