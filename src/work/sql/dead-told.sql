-- They have been told; one that was started anew meanwhile tells of its next death.
-- $1 ids uuid[], $2 their drives int[]
UPDATE jobs SET letter = told.drive FROM unnest($1::uuid[], $2::int[]) AS told (id, drive)
WHERE jobs.id = told.id
