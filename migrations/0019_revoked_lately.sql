-- What every web node asks once a second: which sessions were revoked, and which users disabled, a moment ago.
create index sessions_by_revocation on sessions (revoked_at) where revoked_at is not null;
create index users_by_disabling on users (disabled_at) where disabled_at is not null;
