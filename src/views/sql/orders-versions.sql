-- What the view says of orders, in the order of their ids. $1 uuid after this one, $2 int at most so many
SELECT id, version, site, coalesce(lane, '') AS lane FROM orders WHERE id > $1 ORDER BY id LIMIT $2
