-- What a content was measured to be or, where that is not known and nobody is at it, the lease to find out.
-- $1 sha256, $2 number of the engine, $3 holder, $4 lease, milliseconds
WITH known AS (
  SELECT measured FROM geometry WHERE sha256 = $1 AND engine = $2
), taken AS (
  INSERT INTO measuring AS m (sha256, engine, holder, leased_until)
  SELECT $1, $2, $3, now() + $4 * interval '1 ms'
  WHERE NOT EXISTS (SELECT FROM known)
    AND NOT EXISTS (SELECT FROM measuring WHERE sha256 = $1 AND engine = $2 AND leased_until >= now())
  ON CONFLICT (sha256, engine) DO UPDATE
  SET holder = excluded.holder, leased_until = excluded.leased_until WHERE m.leased_until < now()
  RETURNING 1
)
SELECT (SELECT measured FROM known) AS measured, EXISTS (SELECT FROM taken) AS mine
