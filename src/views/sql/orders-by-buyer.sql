-- A page of orders of the buyers whose name or login begins so, in any case, newest change first. Of very many such buyers
-- only the first by name count: then more of the name must be told.
-- $1 text how they begin; $2 text site, $3 text[] statuses, $4 text waiting for; null = any.
-- $5 timestamptz, $6 uuid: before this place; $7 int at most so many; $8 int how many buyers to look at, by name and by login
SELECT o.id, o.version, o.updated_at
FROM (
  (SELECT u.id::text AS owner FROM users u
  WHERE u.roles @> '{buyer}' AND lower(u.name) COLLATE "C" >= lower($1) COLLATE "C"
    AND lower(u.name) COLLATE "C" < (lower($1) || chr(1114111)) COLLATE "C"
  ORDER BY lower(u.name) COLLATE "C" LIMIT $8)
  UNION
  (SELECT u.id::text FROM users u
  WHERE u.roles @> '{buyer}' AND lower(u.login) COLLATE "C" >= lower($1) COLLATE "C"
    AND lower(u.login) COLLATE "C" < (lower($1) || chr(1114111)) COLLATE "C"
  ORDER BY lower(u.login) COLLATE "C" LIMIT $8)
) b
CROSS JOIN LATERAL (
  SELECT o.id, o.version, o.updated_at FROM orders o
  WHERE o.tenant = 'house' AND o.owner = b.owner COLLATE "C" AND (o.updated_at, o.id) < ($5::timestamptz, $6::uuid)
    AND ($2::text IS NULL OR o.site = $2) AND ($3::text[] IS NULL OR o.status = ANY ($3))
    AND ($4::text IS NULL OR o.waiting_for = $4)
  ORDER BY o.updated_at DESC, o.id DESC
  LIMIT $7
) o
ORDER BY o.updated_at DESC, o.id DESC
LIMIT $7
