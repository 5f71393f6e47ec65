-- read: states of actors, without lease.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV state keys
-- Replies, one list per key: v, c, s, q; a missing state has false for v. Writes nothing.
local out = {}
for i = 1, #ARGV do out[i] = redis.call('HMGET', ARGV[i], 'v', 'c', 's', 'q') end
return out
