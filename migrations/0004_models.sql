-- Uploaded models. Content stands once in the object store under its SHA-256; ids are per owner, so knowing a hash gives
-- nothing. The application may add models but not change them.
CREATE TABLE models (
  id         uuid        PRIMARY KEY,
  tenant     text        NOT NULL,
  owner      text        NOT NULL,
  name       text        NOT NULL,
  bytes      int         NOT NULL CHECK (bytes > 0),
  sha256     text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX models_owner ON models (tenant, owner) INCLUDE (bytes); -- the quota is a sum over it

-- What a content was measured to be, by the number of the engine that did it: {facts} or {failed, facts?}.
CREATE TABLE geometry (
  sha256     text        NOT NULL,
  engine     int         NOT NULL,
  measured   jsonb       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, engine)
);

GRANT SELECT, INSERT ON models, geometry TO andon_app;
