-- The names that begin with one of these, and who holds them.
-- $1 text[] prefixes. The range stands for LIKE, which can't use an index when the pattern is a parameter; U+10FFFF sorts last.
SELECT c.name, c.actor_id
FROM unnest($1::text[]) AS p(prefix)
CROSS JOIN LATERAL (
  SELECT c.name, c.actor_id FROM claims c
  WHERE c.name >= p.prefix COLLATE "C" AND c.name < (p.prefix || chr(1114111)) COLLATE "C" OFFSET 0) c
ORDER BY c.name
