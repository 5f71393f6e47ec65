-- $1 seconds. The hashes of the links that were revoked within that time.
select hash from shares where revoked_at > now() - make_interval(secs => $1)
