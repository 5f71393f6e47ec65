-- $1 sha256, $2 number of the engine, $3 holder
DELETE FROM measuring WHERE sha256 = $1 AND engine = $2 AND holder = $3
