-- Uploads of one owner are counted one after the other, until the end of the transaction.
-- $1 tenant, $2 owner
SELECT pg_advisory_xact_lock(hashtextextended(jsonb_build_array('models', $1::text, $2::text)::text, 0))
