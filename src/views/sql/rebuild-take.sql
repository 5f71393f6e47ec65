-- $1 text what is rebuilt. Held by the session until it ends.
SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken
