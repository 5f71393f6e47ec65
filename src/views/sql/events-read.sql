-- The next events of a partner.
-- $1 text tenant; $2 int era, $3 xid8 xid, $4 bigint seq, $5 int n: after this place. $6 int at most so many.
SELECT era, xid::text AS xid, seq::text AS seq, n, event::text AS event
FROM partner_events
WHERE tenant = $1 AND (era, xid, seq, n) > ($2, $3::xid8, $4, $5)
ORDER BY partner_events.era, partner_events.xid, partner_events.seq, partner_events.n
LIMIT $6
