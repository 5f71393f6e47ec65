-- The picture of a content, if there is one.
-- $1 sha256, $2 number of the engine
SELECT thumb FROM geometry WHERE sha256 = $1 AND engine = $2 AND thumb IS NOT NULL
