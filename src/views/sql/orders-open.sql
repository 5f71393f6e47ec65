-- The orders that stand on a board, in the order of their ids.
-- $1 text site, $2 uuid after this one, $3 int at most so many
SELECT id, version, lane, recent, urgent, card::text AS card
FROM orders
WHERE site = $1 AND lane IS NOT NULL AND id > $2
ORDER BY id
LIMIT $3
