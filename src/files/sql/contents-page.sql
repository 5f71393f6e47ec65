-- Contents that models name, in order. $1 text after this one, $2 int at most so many
SELECT DISTINCT sha256 FROM models WHERE sha256 > $1 ORDER BY sha256 LIMIT $2
