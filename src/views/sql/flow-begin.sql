-- Begins a generation anew: its cursor is where nothing was read yet. Its rows are gone before (flow-forget.sql).
-- $1 text its cursor
INSERT INTO cursors (name, era, xid, seq) VALUES ($1, 0, '0', 0)
