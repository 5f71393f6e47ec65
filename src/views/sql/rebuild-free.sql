-- $1 text what was rebuilt
SELECT pg_advisory_unlock(hashtextextended($1, 0)) AS freed
