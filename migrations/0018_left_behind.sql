-- What may be left behind by commands and uploads that came to nothing: found and removed by the keeper.

-- The command for which a row was written, before the log could name it. Null = nobody has to look (any more): it is the
-- buyer's own, older than this, or its command stands in the log.
ALTER TABLE people ADD COLUMN kind text, ADD COLUMN actor_id uuid, ADD COLUMN command_id uuid;
ALTER TABLE notes ADD COLUMN kind text, ADD COLUMN actor_id uuid, ADD COLUMN command_id uuid;
CREATE INDEX people_unproven ON people (created_at) WHERE command_id IS NOT NULL;
CREATE INDEX notes_unproven ON notes (created_at) WHERE command_id IS NOT NULL;

-- Whether a content is anybody's.
CREATE INDEX models_by_content ON models (sha256);
