-- board-beat: a rebuild shows that it is alive, and learns whether the board is still its own; or that it gives up.
-- KEYS[1] meta of the board
-- ARGV[1] epoch, ARGV[2] 1 = alive, '' = gives up: another may begin at once
-- Replies: 'ok' | 'lost' (another rebuild began, or Redis was emptied)
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 'lost' end
local clock = redis.call('TIME')
if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'beat', clock[1] * 1000 + math.floor(clock[2] / 1000))
else redis.call('HDEL', KEYS[1], 'beat') end
return 'ok'
