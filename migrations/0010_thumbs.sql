-- Pictures of models, and who measures a content at this moment.

-- A PNG, drawn with the measurement; null where there is nothing to see.
ALTER TABLE geometry ADD COLUMN thumb bytea CHECK (octet_length(thumb) <= 32768);

-- One run per content: the others wait for its result until the lease is over. Nothing is lost with these rows but the
-- knowledge that somebody is at it, so they are not written ahead.
CREATE UNLOGGED TABLE measuring (
  sha256       text        NOT NULL,
  engine       int         NOT NULL,
  holder       uuid        NOT NULL,
  leased_until timestamptz NOT NULL,
  PRIMARY KEY (sha256, engine)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON measuring TO andon_app;
