-- A page of orders whose number or reference begins so, in the order of these names. It looks at no more than so many:
-- where the other filters let few of them through the page is short, and its last line says where to go on.
-- $1 text how they begin; $2 text tenant, $3 text site, $4 text[] statuses, $5 text waiting for; null = any.
-- $6 text, $7 uuid: after this name, which begins so itself: of two lower bounds Postgres would begin at the wrong one.
-- $8 int at most so many; $9 int how many to look at
-- Answer: fits = it belongs to the page. An order found by both stands at its number.
-- Each half is in order by itself, so that both are merged as they are walked, no further than is needed.
-- The range stands for LIKE, which can't use an index when the pattern is a parameter; U+10FFFF sorts last.
SELECT m.name, m.id, m.version, m.updated_at, m.fits
FROM (
  SELECT n.*, row_number() OVER (ORDER BY n.name, n.id) AS nth,
    NOT n.again AND ($2::text IS NULL OR n.tenant = $2) AND ($3::text IS NULL OR n.site = $3)
      AND ($4::text[] IS NULL OR n.status = ANY ($4)) AND ($5::text IS NULL OR n.waiting_for = $5) AS fits
  FROM (
    SELECT * FROM (
      (SELECT o.number AS name, o.id, o.version, o.updated_at, o.tenant, o.site, o.status, o.waiting_for, false AS again
      FROM orders o
      WHERE (o.number, o.id) > ($6 COLLATE "C", $7::uuid) AND o.number < ($1 || chr(1114111)) COLLATE "C"
      ORDER BY o.number, o.id)
      UNION ALL
      (SELECT o.reference, o.id, o.version, o.updated_at, o.tenant, o.site, o.status, o.waiting_for, o.number ^@ $1
      FROM orders o
      WHERE (o.reference, o.id) > ($6 COLLATE "C", $7::uuid) AND o.reference < ($1 || chr(1114111)) COLLATE "C"
      ORDER BY o.reference, o.id)
    ) both_names
    ORDER BY name, id
    LIMIT $9
  ) n
) m
WHERE m.fits OR m.nth = $9
ORDER BY m.name, m.id
LIMIT $8
