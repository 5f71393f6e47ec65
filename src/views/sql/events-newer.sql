-- Which of those who wait have something to read: i = their places in the arrays, from 1.
-- $1 text[] tenants; $2 int[] era, $3 xid8[] xid, $4 bigint[] seq, $5 int[] n: after these places
SELECT w.i::int AS i
FROM unnest($1::text[], $2::int[], $3::xid8[], $4::bigint[], $5::int[]) WITH ORDINALITY AS w(tenant, era, xid, seq, n, i)
CROSS JOIN LATERAL (
  SELECT FROM partner_events e
  WHERE e.tenant = w.tenant AND (e.era, e.xid, e.seq, e.n) > (w.era, w.xid, w.seq, w.n)
  ORDER BY e.era, e.xid, e.seq, e.n
  LIMIT 1
) AS news
