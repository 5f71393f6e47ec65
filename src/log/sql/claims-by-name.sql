-- Who holds these names.
-- $1 text[] names
SELECT c.name, c.actor_id FROM claims c WHERE c.name = ANY ($1)
