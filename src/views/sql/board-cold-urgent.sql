-- A page of a lane, most urgent first.
-- $1 text site, $2 text lane, $3 text urgent, $4 uuid: after this one; null = from the first. $5 int at most so many
-- A place is always compared with, the first one included, so that every page begins its walk where it stands.
SELECT id, urgent AS key, card
FROM orders
WHERE site = $1 AND lane = $2 AND (urgent, id) > (coalesce($3, '') COLLATE "C", coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY urgent, id
LIMIT $5
