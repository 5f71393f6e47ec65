-- All actors in quarantine, the longest first.
SELECT kind, actor_id, why, since FROM quarantine ORDER BY since, kind, actor_id
