-- A page of one owner's orders, last change first: a walk through them, for nobody owns very many.
-- $1 text tenant, $2 text owner; $3 text site, $4 text[] statuses, $5 text waiting for, $6 text how number or reference
-- begins; null = any. $7 timestamptz, $8 uuid: after the order of this change. $9 int at most so many
SELECT id, version, updated_at
FROM orders
WHERE tenant = $1 AND owner = $2 AND (updated_at, id) < ($7, $8::uuid)
  AND ($3::text IS NULL OR site = $3) AND ($4::text[] IS NULL OR status = ANY ($4)) AND ($5::text IS NULL OR waiting_for = $5)
  AND ($6::text IS NULL OR number ^@ $6 OR reference ^@ $6)
ORDER BY updated_at DESC, id DESC
LIMIT $9
