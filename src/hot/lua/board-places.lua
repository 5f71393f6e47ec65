-- board-places: every order of a board with its version and lane at one moment, tombstones included.
-- KEYS[1] meta of the board
-- ARGV[1] board prefix
-- Replies: false (no such board) | {epoch, complete, at, {order, place, order, place, ...}}, a place as place.lua keeps it.
-- Writes nothing. The place is not cut up here: 10,000 orders would block Redis for tens of milliseconds.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'complete', 'at')
if not meta[1] then return false end
return { meta[1], meta[2] or '0', meta[3] or '', redis.call('HGETALL', ARGV[1] .. 'place') }
