-- Claims whose names begin so, with the order that holds each and its site.
-- $1 text prefix; why a range: see claims-by-prefix.sql of the log.
SELECT c.name, c.actor_id AS "order", o.site
FROM claims c JOIN orders o ON o.id = c.actor_id
WHERE c.name >= $1 COLLATE "C" AND c.name < ($1 || chr(1114111)) COLLATE "C"
