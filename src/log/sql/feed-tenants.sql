-- The same rows as feed.sql in the same order, for who tells each tenant of its own: rows of other kinds and of the house
-- itself are no more than their place, and nothing of them is turned into JSON.
-- $1 int era, $2 xid8 xid, $3 bigint seq: the last row already read. $4 int at most so many.
-- $5 text kind whose states name a tenant, $6 text the tenant that is left out
SELECT kind, actor_id, version, era, xid, seq, command_id, at, state_version, wanted,
  CASE WHEN wanted THEN issuer END AS issuer, CASE WHEN wanted THEN events END AS events,
  CASE WHEN wanted THEN after END AS after, CASE WHEN wanted THEN was END AS was, CASE WHEN wanted THEN trace END AS trace
FROM (
  SELECT page.*, kind = $5 AND coalesce(after ->> 'tenant', $6) <> $6 AS wanted
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
