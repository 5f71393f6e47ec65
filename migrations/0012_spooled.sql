-- Contents that wait in a spool for the object store: what is not named here is stored. `node` = the node whose own spool
-- it is, '' = the spool that all nodes share. Small and soon empty again: a row lives while the store is away.
CREATE TABLE spooled (
  sha256 text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  node   text        NOT NULL,
  since  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, node)
);

GRANT SELECT, INSERT, DELETE ON spooled TO andon_app;
