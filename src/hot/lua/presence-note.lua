-- presence-note: these people are at a board of the site now.
-- KEYS[1] presence of the site: sorted set, <person>|<node> -> when noted, ms
-- ARGV[1] a member is forgotten after ms, then members
-- Reply: the time, ms. Running twice notes them a moment later.
local call, forget = redis.call, tonumber(ARGV[1])
if not forget then return redis.error_reply('BADITEM forget') end
local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 2, #ARGV do call('ZADD', KEYS[1], now, ARGV[i]) end
call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - forget)
return now
