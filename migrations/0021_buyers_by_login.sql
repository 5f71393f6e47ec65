-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS buyers_by_login ON users ((lower(login) COLLATE "C")) WHERE roles @> '{buyer}';
