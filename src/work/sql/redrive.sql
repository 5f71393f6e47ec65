-- Starts dead jobs anew, with all their attempts; results of this drive have command ids of their own.
-- $1 kinds text[], $2 code of the cause, $3 share, '' = the house, $4 made before; null in $2 to $4 = whichever
UPDATE jobs SET state = 'due', attempt = 0, drive = drive + 1, due = now(), outcome = NULL, message = NULL, worker = NULL
WHERE id = ANY (ARRAY(
  SELECT id FROM jobs
  WHERE state = 'dead' AND kind = ANY ($1::text[]) AND ($2::text IS NULL OR outcome = $2)
    AND ($3::text IS NULL OR coalesce(share, '') = $3) AND ($4::timestamptz IS NULL OR created_at < $4)
  ORDER BY id FOR UPDATE))
RETURNING id
