-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_by_model_time ON orders (model, updated_at, id);
