-- presence-tell: what a look found. Who came or went is one entry of the board's stream, so that whoever follows the
-- board is told in order. Without a board the people are kept all the same: a snapshot will show them.
-- KEYS[1] people of the site
-- KEYS[2] watch of the site
-- KEYS[3] meta of the board
-- KEYS[4] stream of the board
-- ARGV[1] `at` of the watch that was looked at | '', ARGV[2..5] at, recording, counting, run of the new one,
-- ARGV[6] entries kept in the stream, ARGV[7] JSON of all who changed | '', ARGV[8] how many changed,
-- then <person> <JSON> each, then the persons to forget
-- Replies: 'ok' | 'moved' (somebody else looked meanwhile: nothing was written). Running twice: 'moved'.
local call, keep, changed = redis.call, tonumber(ARGV[6]), tonumber(ARGV[8])
if not keep or keep < 1 then return redis.error_reply('BADITEM keep') end
if not changed or 8 + 2 * changed > #ARGV then return redis.error_reply('BADITEM changed') end
if not tonumber(ARGV[2]) then return redis.error_reply('BADITEM at') end
if (call('HGET', KEYS[2], 'at') or '') ~= ARGV[1] then return 'moved' end
call('HSET', KEYS[2], 'at', ARGV[2], 'recording', ARGV[3], 'counting', ARGV[4], 'run', ARGV[5])
for i = 9, 8 + 2 * changed, 2 do call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
for i = 9 + 2 * changed, #ARGV do call('HDEL', KEYS[1], ARGV[i]) end
if ARGV[7] ~= '' and call('HEXISTS', KEYS[3], 'epoch') == 1 then
  call('HSET', KEYS[3], 'at', call('XADD', KEYS[4], 'MAXLEN', '~', keep, '*', 'p', ARGV[7]))
end
return 'ok'
