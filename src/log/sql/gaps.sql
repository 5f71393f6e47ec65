-- Actors whose versions are not 1, 2, 3 … without a gap; at most $1 of them. Reads the whole log.
SELECT kind, actor_id FROM actor_log GROUP BY kind, actor_id HAVING count(*) <> max(version) OR min(version) <> 1 LIMIT $1
