-- Starts a job anew if it is dead: see redrive.sql. The answer: no row = there is none; `was` = its state before.
-- $1 id
WITH found AS MATERIALIZED (
  SELECT id, state FROM jobs WHERE id = $1 FOR UPDATE
), driven AS (
  UPDATE jobs j SET state = 'due', attempt = 0, drive = drive + 1, due = now(), outcome = NULL, message = NULL, worker = NULL
  FROM found f WHERE j.id = f.id AND f.state = 'dead'
  RETURNING j.id
)
SELECT state AS was FROM found
