-- A page of a lane, most urgent first.
-- $1 text site, $2 text lane, $3 text urgent, $4 uuid: after this one; null = from the first. $5 int at most so many
SELECT id, urgent AS key, card
FROM orders
WHERE site = $1 AND lane = $2 AND ($3::text IS NULL OR (urgent, id) > ($3, $4::uuid))
ORDER BY urgent, id
LIMIT $5
