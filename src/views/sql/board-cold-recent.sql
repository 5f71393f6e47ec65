-- A page of a lane, newest change first.
-- $1 text site, $2 text lane, $3 text recent, $4 uuid: after this one; null = from the newest. $5 int at most so many
-- A place is always compared with, the first one included, so that every page begins its walk where it stands.
SELECT id, recent AS key, card
FROM orders
WHERE site = $1 AND lane = $2 AND (recent, id) < (coalesce($3, chr(1114111)) COLLATE "C", coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
ORDER BY recent DESC, id DESC
LIMIT $5
