-- Sessions of processes that work on this database. Names of applications may be seen by everybody.
SELECT DISTINCT split_part(application_name, ' ', 2) AS process, coalesce(host(client_addr), 'this machine') AS host
FROM pg_stat_activity
WHERE datname = current_database() AND application_name ~ '^andon (web|worker|keeper)( |$)'
ORDER BY 1, 2
