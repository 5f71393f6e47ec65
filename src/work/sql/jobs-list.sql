-- A page of jobs, the newest first: of each state and kind so many are read, by the index jobs_listed.
-- $1 states text[], $2 kinds text[], $3 and $4 created_at and id that the page comes after, or null, $5 most
SELECT j.id, j.kind, j.state, j.payload, j.attempt, j.drive, j.due, j.share, j.outcome, j.message, j.trace, j.created_at,
       to_char(j.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
FROM unnest($1::text[]) AS s (state) CROSS JOIN unnest($2::text[]) AS k (kind) CROSS JOIN LATERAL (
  SELECT * FROM jobs
  WHERE state = s.state AND kind = k.kind
    AND (created_at, id) < (coalesce($3::timestamptz, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  ORDER BY created_at DESC, id DESC LIMIT $5) AS j
ORDER BY j.created_at DESC, j.id DESC LIMIT $5
