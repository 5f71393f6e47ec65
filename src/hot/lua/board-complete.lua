-- board-complete: a rebuild is done: the board is served from here. The entry added to the stream names the epoch, tells
-- everybody who follows the stream to begin anew, and makes the position that of a real entry.
-- KEYS[1] meta of the board
-- ARGV[1] board prefix, ARGV[2] epoch, ARGV[3] cursor, ARGV[4] entries kept in the stream
-- Replies: 'lost' (another rebuild began, or Redis was emptied) | {position}
local call, keep = redis.call, tonumber(ARGV[4])
if not keep or keep < 1 then return redis.error_reply('BADITEM keep') end
if call('HGET', KEYS[1], 'epoch') ~= ARGV[2] then return 'lost' end
local clock = call('TIME')
local at = call('XADD', ARGV[1] .. 'stream', 'MAXLEN', '~', keep, '*', 'e', ARGV[2])
call('HSET', KEYS[1], 'complete', '1', 'at', at, 'cursor', ARGV[3], 'mark', ARGV[3],
  'marked', clock[1] * 1000 + math.floor(clock[2] / 1000))
call('HDEL', KEYS[1], 'beat', 'mark_before')
return { at }
