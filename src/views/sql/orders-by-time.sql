-- A page of all orders, last change first.
-- $1 timestamptz, $2 uuid: after the order of this change. $3 int at most so many
SELECT id, version, updated_at FROM orders WHERE (updated_at, id) < ($1, $2::uuid) ORDER BY updated_at DESC, id DESC LIMIT $3
