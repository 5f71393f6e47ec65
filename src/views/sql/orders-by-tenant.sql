-- A page of a tenant's orders, last change first.
-- $1 text tenant; $2 text site, $3 text[] statuses, $4 text waiting for; null = any.
-- $5 timestamptz, $6 uuid: after the order of this change. $7 int at most so many
-- The orders stand in the index by status, whom they wait for and site, within that by time. Which of these places there
-- are is found by leaping from one to the next; each place gives its newest orders, and the page is the newest of these.
-- So a page costs as much as there are places, some dozens per site, wherever it is and however many orders there are.
WITH RECURSIVE pairs AS (
  (SELECT o.status, o.waiting_for FROM orders o WHERE o.tenant = $1 ORDER BY o.status, o.waiting_for LIMIT 1)
  UNION ALL
  SELECT n.status, n.waiting_for FROM pairs p CROSS JOIN LATERAL (
    SELECT o.status, o.waiting_for FROM orders o WHERE o.tenant = $1 AND (o.status, o.waiting_for) > (p.status, p.waiting_for)
    ORDER BY o.status, o.waiting_for LIMIT 1
  ) n
), places AS (
  SELECT p.status, p.waiting_for, s.site FROM pairs p CROSS JOIN LATERAL (
    SELECT $2::text AS site WHERE $2::text IS NOT NULL
    UNION ALL
    (WITH RECURSIVE sites AS (
      (SELECT o.site FROM orders o WHERE $2::text IS NULL AND o.tenant = $1 AND o.status = p.status AND o.waiting_for = p.waiting_for
       ORDER BY o.site LIMIT 1)
      UNION ALL
      SELECT n.site FROM sites s CROSS JOIN LATERAL (
        SELECT o.site FROM orders o WHERE o.tenant = $1 AND o.status = p.status AND o.waiting_for = p.waiting_for AND o.site > s.site
        ORDER BY o.site LIMIT 1
      ) n
    ) SELECT site FROM sites)
  ) s
  WHERE ($3::text[] IS NULL OR p.status = ANY ($3)) AND ($4::text IS NULL OR p.waiting_for = $4)
)
SELECT o.id, o.version, o.updated_at
FROM places p CROSS JOIN LATERAL (
  SELECT o.id, o.version, o.updated_at FROM orders o
  WHERE o.tenant = $1 AND o.status = p.status AND o.waiting_for = p.waiting_for AND o.site = p.site AND (o.updated_at, o.id) < ($5, $6::uuid)
  ORDER BY o.updated_at DESC, o.id DESC LIMIT $7
) o
ORDER BY o.updated_at DESC, o.id DESC
LIMIT $7
