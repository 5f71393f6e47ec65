-- board-since: what changed on a board after a position, if that very entry is still in the stream.
-- KEYS[1] meta of the board
-- ARGV[1] board prefix, ARGV[2] epoch, ARGV[3] position, ARGV[4] at most so many changes
-- Replies: false (no such board, other epoch, not complete, written by another run of Redis, entry gone, too many)
-- | entries {id, {field, value, ...}}
-- Writes nothing.
-- include this-redis
local call, stream = redis.call, ARGV[1] .. 'stream'
local limit = tonumber(ARGV[4])
if not limit or limit < 1 then return redis.error_reply('BADITEM limit') end
if not string.match(ARGV[3], '^%d+%-%d+$') then return redis.error_reply('BADITEM position') end
local meta = call('HMGET', KEYS[1], 'epoch', 'complete', 'run')
if meta[1] ~= ARGV[2] or meta[2] ~= '1' or meta[3] ~= this_redis() then return false end
if #call('XRANGE', stream, ARGV[3], ARGV[3]) == 0 then return false end
local entries = call('XRANGE', stream, '(' .. ARGV[3], '+', 'COUNT', limit + 1)
if #entries > limit then return false end
return entries
