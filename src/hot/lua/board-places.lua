-- board-places: every order of a board with its version and lane at one moment, tombstones included.
-- KEYS[1] meta of the board
-- ARGV[1] board prefix
-- Replies: false (no such board) | {epoch, complete, at, {order, place, order, place, ...}}, a place as place.lua keeps it.
-- Writes nothing. The place is not cut up here: 10,000 orders would block Redis for tens of milliseconds.
-- complete: '1' | '0' (being rebuilt, or written by another run of Redis: an older file was loaded, a replica took over)
-- include this-redis
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'complete', 'at', 'run')
if not meta[1] then return false end
local complete = meta[2] == '1' and meta[4] == this_redis() and '1' or '0'
return { meta[1], complete, meta[3] or '', redis.call('HGETALL', ARGV[1] .. 'place') }
