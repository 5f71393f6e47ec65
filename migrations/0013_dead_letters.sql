-- The drive in which a dead job was last told to the dead-letter queue; what was started anew may die again.
ALTER TABLE jobs ADD COLUMN letter int;
CREATE INDEX jobs_unlettered ON jobs (id) WHERE state = 'dead' AND letter IS DISTINCT FROM drive;
