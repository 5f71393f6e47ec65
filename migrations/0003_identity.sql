-- People who sign in, their sessions, and what is personal about orders: ordinary, deletable rows. Erasing a person is
-- deleting rows here; the log holds ids only.

create table users (
  id          uuid primary key,
  tenant      text not null default 'house',
  login       text not null check (login <> ''),
  name        text not null,
  roles       text[] not null check (cardinality(roles) > 0),
  site        text,
  -- scrypt$<log2 N>$<r>$<p>$<salt>$<hash>, base64url
  password    text not null,
  created_at  timestamptz not null default now(),
  disabled_at timestamptz
);
create unique index users_by_login on users (lower(login));
create index users_by_role on users using gin (roles);

create table sessions (
  sid        uuid primary key,
  user_id    uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  -- End of its newest token.
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_end on sessions (expires_at);

-- How to reach somebody: a buyer (id = the user's) or the contact of one order (id = UUIDv5 of its command).
create table people (
  id         uuid primary key,
  name       text,
  contact    text,
  created_at timestamptz not null default now()
);

-- Free text about an order, named by id in its events.
create table notes (
  id         uuid primary key,
  text       text not null,
  created_at timestamptz not null default now()
);

grant select, insert, update, delete on users, sessions, people, notes to andon_app;
