-- Orders of a site changed since a time, those that left its board too. Oldest change first.
-- $1 text site, $2 timestamptz
SELECT id, version, lane, card, updated_at
FROM orders
WHERE site = $1 AND updated_at >= $2
ORDER BY updated_at, id
