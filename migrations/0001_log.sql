-- The log, the names that actors hold, the work they asked for. One accepted command = one row of actor_log.

-- The application's role: it may add to the log but never change it. Whoever logs in as the application is a member, or,
-- with only one URL, does SET ROLE. It may exist already: roles belong to the cluster, or an administrator made it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'andon_app') THEN
    BEGIN
      CREATE ROLE andon_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- made for another database at this very moment
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'andon_app', 'USAGE') THEN
    GRANT andon_app TO CURRENT_USER;
  END IF;
END
$$;

CREATE SEQUENCE actor_log_seq;

-- `base` = command id of the version before, which the row was decided on. `after` = the state after it, `was` = what
-- projections need of the state before. Feeds read in the order (era, xid, seq) below the oldest running transaction.
-- `era` is a constant, so it costs nothing: `andon adopt` raises it by ALTER TABLE ... ALTER COLUMN era SET DEFAULT, in
-- one transaction with the table `era`, where readers find the current one.
CREATE TABLE actor_log (
  kind          text        NOT NULL,
  actor_id      uuid        NOT NULL,
  version       int         NOT NULL CHECK (version > 0),
  base          uuid,
  command_id    uuid        NOT NULL,
  command_hash  text        NOT NULL,
  issuer        jsonb       NOT NULL,
  at            timestamptz NOT NULL,
  events        jsonb       NOT NULL,
  after         jsonb       NOT NULL,
  state_version int         NOT NULL,
  was           jsonb,
  trace         text,
  era           int         NOT NULL DEFAULT 1,
  xid           xid8        NOT NULL DEFAULT pg_current_xact_id(),
  seq           bigint      NOT NULL DEFAULT nextval('actor_log_seq'),
  CHECK ((version = 1) = (base IS NULL)),
  UNIQUE (kind, actor_id, version),
  UNIQUE (kind, actor_id, command_id)
) PARTITION BY HASH (actor_id); -- never by time: the two unique keys must hold over all of it

DO $$
BEGIN
  FOR n IN 0..15 LOOP
    EXECUTE format('CREATE TABLE actor_log_%s PARTITION OF actor_log FOR VALUES WITH (MODULUS 16, REMAINDER %s)', n, n);
  END LOOP;
END
$$;

CREATE INDEX actor_log_feed ON actor_log (era, xid, seq);

CREATE TABLE era (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one), -- a single row
  current int     NOT NULL CHECK (current > 0)
);
INSERT INTO era (current) VALUES (1);

-- Names that an actor holds, unique over all: slot:<operator>:<n>, ref:<partner>:<reference>.
CREATE TABLE claims (
  name     text COLLATE "C" PRIMARY KEY,
  kind     text        NOT NULL,
  actor_id uuid        NOT NULL,
  since    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX claims_holder ON claims (kind, actor_id);

-- `actor_id` = the actor that asked for the work and gets its result, `share` = the partner it counts against, `drive` =
-- how often a person started it anew. Due and running jobs are few beside those that are over: hence partial indexes.
CREATE TABLE jobs (
  id           uuid        PRIMARY KEY,
  kind         text        NOT NULL,
  actor_id     uuid        NOT NULL,
  payload      jsonb,
  state        text        NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'running', 'done', 'obsolete', 'dead')),
  outcome      text,
  attempt      int         NOT NULL DEFAULT 0,
  drive        int         NOT NULL DEFAULT 0,
  due          timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz,
  worker       text,
  share        text,
  trace        text,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_due ON jobs (kind, due) WHERE state = 'due';
CREATE INDEX jobs_running ON jobs (leased_until) WHERE state = 'running';
CREATE INDEX jobs_dead ON jobs (kind, created_at) WHERE state = 'dead';
CREATE INDEX jobs_actor ON jobs (actor_id);

-- Actors whose rows could not be followed: their commands are refused until a person has looked.
CREATE TABLE quarantine (
  kind     text        NOT NULL,
  actor_id uuid        NOT NULL,
  why      text        NOT NULL,
  since    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, actor_id)
);

-- Places in the feed of the views that stand in this database.
CREATE TABLE cursors (
  name text   PRIMARY KEY,
  era  int    NOT NULL,
  xid  xid8   NOT NULL,
  seq  bigint NOT NULL
);

CREATE SEQUENCE order_number;

GRANT SELECT, INSERT ON actor_log TO andon_app; -- through the parent only: the partitions are granted to nobody
GRANT SELECT ON era TO andon_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON claims, jobs, quarantine, cursors TO andon_app;
GRANT USAGE ON SEQUENCE actor_log_seq, order_number TO andon_app;
