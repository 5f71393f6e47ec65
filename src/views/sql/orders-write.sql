-- Writes rows of `orders`, newer versions only, and moves the feed's cursor from where it was read, in one transaction.
-- $1 jsonb array of rows as in order-row.ts, one per order
-- $2 text name of the cursor; $3 int, $4 xid8, $5 bigint where it was; $6, $7, $8 where it is then
-- Answer: one line: moved = the cursor was still there (else nothing was written).
WITH moved AS (
  UPDATE cursors SET era = $6, xid = $7, seq = $8 WHERE name = $2 AND era = $3 AND xid = $4 AND seq = $5 RETURNING 1
), written AS (
  INSERT INTO orders (id, number, reference, site, status, lane, tenant, owner, version, waiting_for, due, priority, recent,
    urgent, model, card, created_at, updated_at)
  SELECT r.id, r.number, r.reference, r.site, r.status, r.lane, r.tenant, r.owner, r.version, r.waiting_for, r.due, r.priority,
    r.recent, r.urgent, r.model, r.card, r.created_at, r.updated_at
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, number text, reference text, site text, status text, lane text, tenant text,
    owner text, version int, waiting_for text, due timestamptz, priority int, recent text, urgent text, model text, card jsonb,
    created_at timestamptz, updated_at timestamptz)
  WHERE EXISTS (SELECT FROM moved)
  ORDER BY r.id
  ON CONFLICT (id) DO UPDATE SET
    number = excluded.number, reference = excluded.reference, site = excluded.site, status = excluded.status,
    lane = excluded.lane, tenant = excluded.tenant, owner = excluded.owner, version = excluded.version,
    waiting_for = excluded.waiting_for, due = excluded.due, priority = excluded.priority, recent = excluded.recent,
    urgent = excluded.urgent, model = excluded.model, card = excluded.card,
    created_at = excluded.created_at, updated_at = excluded.updated_at
  WHERE orders.version < excluded.version
)
SELECT EXISTS (SELECT FROM moved) AS moved
