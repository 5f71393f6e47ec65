-- Which requests with an idempotency key gave a user a password: one that comes again changes nothing any more. The
-- password itself is made of the key; only the hash of the newest is kept, with the user.
CREATE TABLE given_passwords (
  command_id uuid        PRIMARY KEY,
  user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
  given_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX given_passwords_user ON given_passwords (user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON given_passwords TO andon_app;
