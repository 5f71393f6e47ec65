-- A board at one moment: per lane how many, and the first cards by last change. One line per lane at least.
-- $1 text site, $2 text[] lanes, $3 int cards per lane
SELECT l.lane, c.count, p.id, p.recent, p.card
FROM unnest($2::text[]) WITH ORDINALITY AS l(lane, n)
CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM orders o WHERE o.site = $1 AND o.lane = l.lane) c
LEFT JOIN LATERAL (
  SELECT o.id, o.recent, o.card FROM orders o WHERE o.site = $1 AND o.lane = l.lane
  ORDER BY o.recent DESC, o.id DESC LIMIT $3
) p ON true
ORDER BY l.n, p.recent DESC, p.id DESC
