-- Looks at the next events of partners, whoever's they are, and takes away those without their row in the log.
-- $1 text tenant, $2 int era, $3 xid8 xid, $4 bigint seq, $5 int n: after this one. $6 int at most so many. $7 text kind
-- An event of the log is one event of the partner, with the same number.
-- Answer: one line: the last one looked at (tenant null = there was none), gone = how many were taken away.
WITH page AS (
  SELECT tenant, era, xid, seq, n
  FROM partner_events
  WHERE (tenant, era, xid, seq, n) > ($1, $2, $3::xid8, $4, $5)
  ORDER BY tenant, era, xid, seq, n
  LIMIT $6
), gone AS (
  DELETE FROM partner_events e USING page p
  WHERE (e.tenant, e.era, e.xid, e.seq, e.n) = (p.tenant, p.era, p.xid, p.seq, p.n) AND NOT EXISTS (
    SELECT FROM actor_log l
    WHERE (l.era, l.xid, l.seq) = (p.era, p.xid, p.seq) AND l.kind = $7 AND l.after ->> 'tenant' = p.tenant
      AND json_array_length(l.events) > p.n
  )
  RETURNING 1
)
SELECT last.tenant, last.era, last.xid::text AS xid, last.seq::text AS seq, last.n, (SELECT count(*) FROM gone)::int AS gone
FROM (SELECT) AS one LEFT JOIN (SELECT * FROM page ORDER BY tenant DESC, era DESC, xid DESC, seq DESC, n DESC LIMIT 1) AS last ON true
