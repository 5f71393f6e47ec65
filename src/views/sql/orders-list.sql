-- A page of orders, last change first. Meant for a custom plan: filters that are null fall away when it is planned.
-- $1 text site, $2 text tenant, $3 text owner, $4 text[] statuses, $5 text waiting for, $6 text how number or reference
-- begins; null = any. $7 timestamptz, $8 uuid: after the order of this change; null = from the newest. $9 int at most
SELECT id, number, reference, site, status, lane, tenant, owner, version, waiting_for, waiting, due, priority, recent, urgent,
  card, state, created_at, updated_at
FROM orders
WHERE ($1::text IS NULL OR site = $1) AND ($2::text IS NULL OR tenant = $2) AND ($3::text IS NULL OR owner = $3)
  AND ($4::text[] IS NULL OR status = ANY ($4)) AND ($5::text IS NULL OR waiting_for = $5)
  AND ($6::text IS NULL OR number ^@ $6 OR reference ^@ $6)
  AND ($7::timestamptz IS NULL OR (updated_at, id) < ($7, $8::uuid))
ORDER BY updated_at DESC, id DESC
LIMIT $9
