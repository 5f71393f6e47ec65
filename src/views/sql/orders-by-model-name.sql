-- A page of orders of the models whose name begins so, in any case, newest change first. Of very many such models only the
-- first by name count, the newest first of those that are called the same: of these so many are looked at, and of those that
-- have orders there so many are taken.
-- $1 text how it begins; $2 text tenant, $3 text site, $4 text[] statuses, $5 text waiting for; null = any.
-- $6 timestamptz, $7 uuid: before this place; $8 int at most so many; $9 int how many models to take, $10 int to look at
SELECT o.id, o.version, o.updated_at
FROM (
  SELECT m.model FROM (
    SELECT m.id::text AS model, lower(m.name) COLLATE "C" AS name, m.created_at FROM models m
    WHERE lower(m.name) COLLATE "C" >= lower($1) COLLATE "C"
      AND lower(m.name) COLLATE "C" < (lower($1) || chr(1114111)) COLLATE "C"
      AND ($2::text IS NULL OR m.tenant = $2)
    ORDER BY lower(m.name) COLLATE "C", m.created_at DESC LIMIT $10
  ) m
  WHERE EXISTS (SELECT FROM orders o WHERE o.model = m.model COLLATE "C" AND ($3::text IS NULL OR o.site = $3))
  ORDER BY m.name, m.created_at DESC LIMIT $9
) m
CROSS JOIN LATERAL (
  SELECT o.id, o.version, o.updated_at FROM orders o
  WHERE o.model = m.model COLLATE "C" AND (o.updated_at, o.id) < ($6::timestamptz, $7::uuid)
    AND ($2::text IS NULL OR o.tenant = $2) AND ($3::text IS NULL OR o.site = $3)
    AND ($4::text[] IS NULL OR o.status = ANY ($4)) AND ($5::text IS NULL OR o.waiting_for = $5)
  ORDER BY o.updated_at DESC, o.id DESC
  LIMIT $8
) o
ORDER BY o.updated_at DESC, o.id DESC
LIMIT $8
