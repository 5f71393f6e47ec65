-- Puts an actor into quarantine; the first reason stays.
-- $1 text kind, $2 uuid actor, $3 text why. Answer: one line if it was not there yet.
INSERT INTO quarantine (kind, actor_id, why) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING since
