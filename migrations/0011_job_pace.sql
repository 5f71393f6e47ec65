-- How fast each worker gets on with a kind of job, told every few seconds: for estimates, nothing else. `mean_ms` is null
-- until one was done.
CREATE UNLOGGED TABLE job_pace (
  worker  uuid             NOT NULL,
  kind    text             NOT NULL,
  slots   int              NOT NULL CHECK (slots > 0),
  mean_ms double precision CHECK (mean_ms >= 0),
  at      timestamptz      NOT NULL,
  PRIMARY KEY (kind, worker)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON job_pace TO andon_app;
