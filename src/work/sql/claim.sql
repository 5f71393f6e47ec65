-- Takes jobs for a worker. Every taking is one attempt more. Rows that another worker is taking at this moment are skipped.
-- First what lost its lease (its worker died), the least tried first: at most $5, for it may be what killed its worker, and
-- two of them in one worker could not be told apart. Then what is due, shared fairly:
--  * A share is a partner, or the house ('': the storefront). Within a share the oldest comes first.
--  * The share goes first that has the least running in all workers, counted in wholes of its weight: whoever asks for long
--    work fills no more than its part of the slots.
--  * Among equals it is the one that has had least: a turn moves a share's tag by 1 / weight, long work by its milliseconds
--    / weight (charge.sql), and the lowest tag is next, then who has waited longest for a turn. So one slot alternates. A
--    share that had nothing to do starts at the tag that was served last: nothing is saved up.
--  * Ageing: who has work and gets no turn for $6 is forgiven a tenth of that time, and again after $6: no weight starves
--    the others.
--  * Reserve: the house weighs at least half of all partners who wait, a third of the turns; and where several slots are
--    asked for, one is its own.
-- Shares are found by hops over the index jobs_waiting, and of each only as many jobs are read as could be taken, 16 more for
-- those that others lock. Turns are kept in job_turns per lane, the kinds taken together; two claims at once may both give
-- the same share its turn, and both are counted.
-- $1 kinds text[], $2 most, $3 worker, $4 lease, milliseconds, $5 most that lost their lease, $6 ageing, milliseconds,
-- $7 jsonb: weight by share, 1 where it has none
WITH RECURSIVE hops AS (
  SELECT k.kind, (SELECT coalesce(j.share, '') FROM jobs j WHERE j.state = 'due' AND j.kind = k.kind
                  ORDER BY coalesce(j.share, '') LIMIT 1) AS share
  FROM unnest($1::text[]) AS k (kind)
  UNION ALL
  SELECT h.kind, (SELECT coalesce(j.share, '') FROM jobs j
                  WHERE j.state = 'due' AND j.kind = h.kind AND coalesce(j.share, '') > h.share
                  ORDER BY coalesce(j.share, '') LIMIT 1)
  FROM hops h WHERE h.share IS NOT NULL
), waiting AS (
  SELECT h.share, min(head.due) AS since, coalesce(($7::jsonb ->> h.share)::float8, 1) AS weight
  FROM hops h CROSS JOIN LATERAL (
    SELECT j.due FROM jobs j
    WHERE j.state = 'due' AND j.kind = h.kind AND coalesce(j.share, '') = h.share AND j.due <= now()
    ORDER BY j.due, j.id LIMIT 1) AS head
  GROUP BY h.share
), weighed AS (
  SELECT share, since,
         CASE share WHEN '' THEN greatest(weight, sum(weight) FILTER (WHERE share <> '') OVER () / 2) ELSE weight END AS weight
  FROM waiting
), busy AS (
  SELECT coalesce(share, '') AS share, count(*) AS running FROM jobs
  WHERE state = 'running' AND leased_until >= now() AND kind = ANY ($1::text[]) GROUP BY 1
), turns AS MATERIALIZED (
  SELECT share, tag, start, at FROM job_turns WHERE lane = array_to_string($1::text[], ',')
), shares AS (
  SELECT w.share, w.weight, t.at, coalesce(b.running, 0) AS running,
         coalesce(greatest(t.tag, (SELECT max(start) FROM turns)), 0) AS tag,
         floor(extract(epoch FROM now() - greatest(w.since, t.at)) * 1000 / $6::int) * $6 / 10 AS aged
  FROM weighed w LEFT JOIN busy b USING (share) LEFT JOIN turns t USING (share)
), first AS (
  SELECT * FROM shares
  ORDER BY $2 > 1 AND share = '' DESC, floor(running / weight), tag - aged, at NULLS FIRST, share LIMIT $2 + 16
), found AS MATERIALIZED (
  SELECT j.id, s.share, s.tag, 1 / s.weight AS step,
         row_number() OVER (ORDER BY $2 > 1 AND s.share = '' AND j.n = 1 DESC, floor((s.running + j.n - 1) / s.weight),
                            s.tag - s.aged + (j.n - 1) / s.weight, s.at NULLS FIRST, s.share, j.n) AS place
  FROM first s CROSS JOIN LATERAL (
    SELECT heads.id, row_number() OVER (ORDER BY heads.due, heads.id) AS n
    FROM unnest($1::text[]) AS k (kind) CROSS JOIN LATERAL (
      SELECT id, due FROM jobs
      WHERE state = 'due' AND kind = k.kind AND coalesce(share, '') = s.share AND due <= now()
      ORDER BY due, id LIMIT $2 + 16) AS heads
    ORDER BY n LIMIT $2 + 16) AS j
), lost AS MATERIALIZED (
  SELECT id FROM jobs WHERE state = 'running' AND leased_until < now() AND kind = ANY ($1::text[])
  ORDER BY attempt, leased_until, id LIMIT least($2, $5::int) FOR UPDATE SKIP LOCKED
), picked AS MATERIALIZED (
  SELECT j.id, f.share, f.tag, f.step
  FROM (SELECT * FROM found ORDER BY place) f
  CROSS JOIN LATERAL (SELECT id FROM jobs WHERE id = f.id AND state || '' = 'due' FOR UPDATE SKIP LOCKED) j -- by id only
  LIMIT $2 - (SELECT count(*) FROM lost)
), turned AS (
  INSERT INTO job_turns AS t (lane, share, tag, step, start, at)
  SELECT array_to_string($1::text[], ','), share, min(tag) + count(*) * min(step), min(step),
         min(tag) + (count(*) - 1) * min(step), clock_timestamp()
  FROM picked GROUP BY share ORDER BY share
  ON CONFLICT (lane, share) DO UPDATE
  SET tag = greatest(excluded.tag, t.tag + excluded.step), step = excluded.step, start = excluded.start, at = excluded.at
  RETURNING 1
)
UPDATE jobs SET state = 'running', attempt = attempt + 1, worker = $3, leased_until = now() + $4 * interval '1 ms'
WHERE id = ANY (ARRAY(SELECT id FROM lost UNION ALL SELECT id FROM picked ORDER BY id))
RETURNING id, kind, actor_id, payload, attempt, drive, share, trace, id = ANY (ARRAY(SELECT id FROM lost)) AS lost
