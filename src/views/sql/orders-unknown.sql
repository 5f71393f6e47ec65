-- The next rows of `orders`, whoever's they are. unknown = its version does not stand in the log: an adopted log does not
-- know it, or knows less of it. Looked up one by one: an EXISTS would be answered from a table of the whole log.
-- $1 text kind, $2 uuid after this one, $3 int at most so many
SELECT page.id, (
    SELECT l.version FROM actor_log l WHERE l.kind = $1 AND l.actor_id = page.id AND l.version = page.version LIMIT 1
  ) IS NULL AS unknown
FROM (SELECT id, version FROM orders WHERE id > $2 ORDER BY id LIMIT $3) AS page
ORDER BY page.id
