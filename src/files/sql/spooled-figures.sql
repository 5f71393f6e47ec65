-- What waits in each spool for the object store, and for how long the oldest has, seconds.
SELECT node, count(*)::int AS contents, extract(epoch FROM now() - min(since))::float8 AS seconds
FROM spooled GROUP BY node
