-- Which of these contents wait in a spool, whosever it is.
-- $1 sha256 text[]
SELECT DISTINCT sha256 FROM spooled WHERE sha256 = ANY ($1::text[])
