-- A page of a lane, newest change first.
-- $1 text site, $2 text lane, $3 text recent, $4 uuid: after this one; null = from the newest. $5 int at most so many
SELECT id, recent AS key, card
FROM orders
WHERE site = $1 AND lane = $2 AND ($3::text IS NULL OR (recent, id) < ($3, $4::uuid))
ORDER BY recent DESC, id DESC
LIMIT $5
