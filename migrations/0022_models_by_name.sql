-- no-transaction
-- Very many may be called alike: the newest of these first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS models_by_name ON models ((lower(name) COLLATE "C"), created_at DESC);
