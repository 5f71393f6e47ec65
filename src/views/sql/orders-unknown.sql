-- Rows of `orders` whose version does not stand in the log: what an adopted log does not know, or knows less of.
-- $1 text kind, $2 uuid after this one, $3 int at most so many
SELECT o.id
FROM orders o
WHERE o.id > $2 AND NOT EXISTS (SELECT FROM actor_log l WHERE l.kind = $1 AND l.actor_id = o.id AND l.version = o.version)
ORDER BY o.id
LIMIT $3
