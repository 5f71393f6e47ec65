-- board-sweep: forgets cards that left a board long ago.
-- KEYS[1] meta of the board
-- ARGV[1] board prefix, ARGV[2] a tombstone is kept for ms, ARGV[3] at most so many
-- Replies: how many went. Running twice: the second finds less.
local call, b, keep, limit = redis.call, ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if not keep or not limit then return redis.error_reply('BADITEM') end
local clock = call('TIME')
local before = clock[1] * 1000 + math.floor(clock[2] / 1000) - keep
local orders = call('ZRANGE', b .. 'gone', '-inf', before, 'BYSCORE', 'LIMIT', 0, limit)
for _, order in ipairs(orders) do
  local place = call('HGET', b .. 'place', order)
  if place and string.match(place, '^%d+||') then call('HDEL', b .. 'place', order) end
  call('ZREM', b .. 'gone', order)
end
return #orders
