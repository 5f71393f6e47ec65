-- Where the jobs of these actors stand, and how fast the kind gets on.
--  * Place: how many jobs are likely to be taken before it. Shares take turns (claim.sql), so of every other share as many
--    go before a job as it has in its own share up to itself, or as many as that share has. Weights, ageing and the reserve
--    are left out: it is an estimate. 0 = next, or running. Its own jobs of before, which are obsolete, don't count.
--  * Pace: the mean over all workers of the last day, and the slots of those that are there.
-- Reads every due job of the kind once, in order of an index: whoever asks must ask seldom. `shares` is kept, for else it
-- were counted anew for each actor.
-- $1 actors uuid[], $2 kind, $3 workers that told nothing for so long are gone, milliseconds
WITH due AS MATERIALIZED (
  SELECT actor_id, coalesce(share, '') AS share,
         row_number() OVER (PARTITION BY coalesce(share, '') ORDER BY due, id)
           - row_number() OVER (PARTITION BY actor_id ORDER BY due, id) + 1 AS nth
  FROM jobs WHERE kind = $2 AND state = 'due'
), shares AS MATERIALIZED (
  SELECT share, count(*) AS jobs FROM due GROUP BY share
), places AS (
  SELECT d.actor_id, d.nth - 1 + coalesce((SELECT sum(least(s.jobs, d.nth)) FROM shares s WHERE s.share <> d.share), 0) AS place
  FROM due d WHERE d.actor_id = ANY ($1::uuid[])
  UNION ALL
  SELECT actor_id, 0 FROM jobs WHERE actor_id = ANY ($1::uuid[]) AND kind = $2 AND state = 'running'
), pace AS (
  SELECT avg(mean_ms) AS mean_ms, sum(slots) FILTER (WHERE at > now() - $3 * interval '1 ms') AS slots
  FROM job_pace WHERE kind = $2
)
SELECT p.actor_id AS actor, max(p.place)::float8 AS place, pace.mean_ms::float8 AS mean_ms, coalesce(pace.slots, 0)::float8 AS slots
FROM places p CROSS JOIN pace GROUP BY p.actor_id, pace.mean_ms, pace.slots
