-- The first measurement of a content stays, and the picture made with it.
-- $1 sha256, $2 number of the engine, $3 jsonb, $4 PNG or null
INSERT INTO geometry (sha256, engine, measured, thumb) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
