-- $1 id, $2 tenant, $3 owner, $4 name, $5 bytes, $6 sha256
INSERT INTO models (id, tenant, owner, name, bytes, sha256) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING id, tenant, owner, name, bytes, sha256, created_at
