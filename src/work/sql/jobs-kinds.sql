-- The kinds that there are jobs of, by skipping along the index jobs_listed: one look for each kind and state.
-- $1 states text[], $2 a kind, with those of single nodes (`ingest:<node>`); null = all
WITH RECURSIVE there AS (
  SELECT s.state, (SELECT min(kind) FROM jobs WHERE state = s.state) AS kind FROM unnest($1::text[]) AS s (state)
  UNION ALL
  SELECT t.state, (SELECT min(j.kind) FROM jobs AS j WHERE j.state = t.state AND j.kind > t.kind)
  FROM there AS t WHERE t.kind IS NOT NULL)
SELECT DISTINCT kind FROM there WHERE kind IS NOT NULL AND ($2::text IS NULL OR kind = $2 OR starts_with(kind, $2 || ':'))
