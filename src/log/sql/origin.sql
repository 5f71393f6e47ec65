-- Which database this is, which one it says to be, and the era its rows are written in.
SELECT e.current AS era, e.origin,
  (SELECT system_identifier::text FROM pg_control_system()) || '/'
    || (SELECT d.oid::text FROM pg_database d WHERE d.datname = current_database()) AS here
FROM era e
WHERE e.one
