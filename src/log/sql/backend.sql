-- Who this session is, for end-backend.sql. Asked before SET ROLE: the start of a session is shown to its own login only.
SELECT pid, extract(epoch FROM backend_start)::text AS started FROM pg_stat_activity WHERE pid = pg_backend_pid()
