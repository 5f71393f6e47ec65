-- no-transaction
-- Staff finds orders by how the buyer's name or login begins, or the model's name: ranges of text, compared by bytes.
CREATE INDEX CONCURRENTLY IF NOT EXISTS buyers_by_name ON users ((lower(name) COLLATE "C")) WHERE roles @> '{buyer}';
