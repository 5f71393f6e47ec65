-- $1 sha256, $2 number of the engine, $3 holder, $4 lease, milliseconds
UPDATE measuring SET leased_until = now() + $4 * interval '1 ms' WHERE sha256 = $1 AND engine = $2 AND holder = $3
