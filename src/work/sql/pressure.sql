-- Where work waits now: per kind, and apart for what counts against a partner's share, how many jobs are due or lost their
-- lease, and when the newest of them became so (seconds since 1970). Of each kind only the newest so many are looked at:
-- who has that many waiting needs no more wake-ups.
-- $1 kinds text[], $2 most of a kind
SELECT asked.kind, found.slow, count(*)::int AS count, extract(epoch FROM max(found.since))::float8 AS newest
FROM unnest($1::text[]) AS asked (kind)
CROSS JOIN LATERAL (
  (SELECT share IS NOT NULL AS slow, due AS since FROM jobs
   WHERE state = 'due' AND kind = asked.kind AND due <= now() ORDER BY due DESC LIMIT $2)
  UNION ALL
  (SELECT share IS NOT NULL, leased_until FROM jobs
   WHERE state = 'running' AND leased_until < now() AND kind = asked.kind ORDER BY leased_until DESC LIMIT $2)
) AS found
GROUP BY asked.kind, found.slow
