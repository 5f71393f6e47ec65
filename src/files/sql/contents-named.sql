-- Which of these contents any model names. $1 text[] sha256
SELECT DISTINCT sha256 FROM models WHERE sha256 = ANY ($1::text[])
