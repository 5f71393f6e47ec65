-- board-snapshot: a board at one moment: who is there, per lane how many, and the first cards by last change.
-- KEYS[1] meta of the board
-- ARGV[1] board prefix, ARGV[2] cards per lane (1-1000), then the lanes
-- Replies: false (no such board) | {epoch, complete, at, {person, JSON, ...}, then per lane {count, next member | '',
-- cards}}. Writes nothing.
-- complete: '1' | '0' (being rebuilt, or written by another run of Redis: an older file was loaded, a replica took over)
-- include this-redis
local call, b, first = redis.call, ARGV[1], tonumber(ARGV[2])
if not first or first < 1 or first > 1000 then return redis.error_reply('BADITEM first') end
local meta = call('HMGET', KEYS[1], 'epoch', 'complete', 'at', 'run')
if not meta[1] then return false end
local complete = meta[2] == '1' and meta[4] == this_redis() and '1' or '0'
local out = { meta[1], complete, meta[3] or '', call('HGETALL', b .. 'people') }
for i = 3, #ARGV do
  local set = b .. ARGV[i] .. ':recent'
  local count, members = call('ZCARD', set), call('ZRANGE', set, '+', '-', 'BYLEX', 'REV', 'LIMIT', 0, first)
  local orders = {}
  for m, member in ipairs(members) do orders[m] = string.match(member, '[^|]*$') end
  out[#out + 1] = {
    count,
    count > #members and members[#members] or '',
    #orders > 0 and call('HMGET', b .. 'card', unpack(orders)) or {},
  }
end
return out
