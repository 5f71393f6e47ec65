-- By a rebuild: writes rows of `orders` that are missing, older, or not what the log says at their version.
-- $1 jsonb array of rows as in order-row.ts, one per order
-- Answer: one line: written = how many were not as they should be.
WITH written AS (
  INSERT INTO orders (id, number, reference, site, status, lane, tenant, owner, version, waiting_for, due, priority, recent,
    urgent, model, card, created_at, updated_at)
  SELECT r.id, r.number, r.reference, r.site, r.status, r.lane, r.tenant, r.owner, r.version, r.waiting_for, r.due, r.priority,
    r.recent, r.urgent, r.model, r.card, r.created_at, r.updated_at
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, number text, reference text, site text, status text, lane text, tenant text,
    owner text, version int, waiting_for text, due timestamptz, priority int, recent text, urgent text, model text, card jsonb,
    created_at timestamptz, updated_at timestamptz)
  ORDER BY r.id
  ON CONFLICT (id) DO UPDATE SET
    number = excluded.number, reference = excluded.reference, site = excluded.site, status = excluded.status,
    lane = excluded.lane, tenant = excluded.tenant, owner = excluded.owner, version = excluded.version,
    waiting_for = excluded.waiting_for, due = excluded.due, priority = excluded.priority, recent = excluded.recent,
    urgent = excluded.urgent, model = excluded.model, card = excluded.card,
    created_at = excluded.created_at, updated_at = excluded.updated_at
  WHERE orders.version < excluded.version OR (orders.version = excluded.version AND (orders.*) IS DISTINCT FROM (excluded.*))
  RETURNING 1
)
SELECT count(*)::int AS written FROM written
