-- board-begin: a rebuild of a board begins: a new epoch, not complete. From now on changes are taken (it is not cold).
-- KEYS[1] meta of the board
-- ARGV[1] board prefix, ARGV[2] epoch, ARGV[3] run of Redis, ARGV[4] a silent rebuild is given up after ms,
-- ARGV[5] wipe 1|'' (what stands here may be ahead of the log), then the lanes
-- Replies: 'busy' (another rebuild shows signs of life) | {run before | '', cursor | '', oldest cursor remembered | ''}
local call, b, silent = redis.call, ARGV[1], tonumber(ARGV[4])
if not silent then return redis.error_reply('BADITEM silent') end
local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local meta = call('HMGET', KEYS[1], 'complete', 'beat', 'run', 'cursor', 'mark', 'mark_before')
if meta[1] == '0' and meta[2] and now - tonumber(meta[2]) < silent then return 'busy' end
if ARGV[5] == '1' then
  call('UNLINK', b .. 'place', b .. 'card', b .. 'gone')
  for i = 6, #ARGV do call('UNLINK', b .. ARGV[i] .. ':recent', b .. ARGV[i] .. ':urgent') end
end
call('HSET', KEYS[1], 'epoch', ARGV[2], 'complete', '0', 'run', ARGV[3], 'beat', now)
return { meta[3] or '', meta[4] or '', meta[6] or meta[5] or '' }
