-- The first measurement of a content stays.
-- $1 sha256, $2 number of the engine, $3 jsonb
INSERT INTO geometry (sha256, engine, measured) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
