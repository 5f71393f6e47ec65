-- presence-here: who is at a board of the site now.
-- KEYS[1] presence of the site
-- ARGV[1] a note is fresh for ms
-- Reply: members. Writes nothing.
local fresh = tonumber(ARGV[1])
if not fresh then return redis.error_reply('BADITEM fresh') end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
return redis.call('ZRANGE', KEYS[1], now - fresh, now + fresh, 'BYSCORE')
