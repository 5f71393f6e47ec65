-- board-cursor: the rows up to a place of the feed are on the board. Remembers cursors 10 to 20 minutes old: from there
-- the rows are applied again when Redis went back to an earlier state.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV[1] a remembered cursor is replaced after ms, then items: <meta key> <epoch> <cursor before> <cursor>
-- Replies, one per item: 'ok' | 'moved' (another epoch, or somebody else was faster: nothing was written)
local call, age = redis.call, tonumber(ARGV[1])
if not age or (#ARGV - 1) % 4 ~= 0 then return redis.error_reply('BADITEM') end
local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local out = {}
for i = 2, #ARGV, 4 do
  local meta = call('HMGET', ARGV[i], 'epoch', 'cursor', 'mark', 'marked')
  if meta[1] ~= ARGV[i + 1] or meta[2] ~= ARGV[i + 2] then out[#out + 1] = 'moved'
  else
    call('HSET', ARGV[i], 'cursor', ARGV[i + 3])
    if now - tonumber(meta[4] or '0') >= age then
      if meta[3] then call('HSET', ARGV[i], 'mark_before', meta[3]) end
      call('HSET', ARGV[i], 'mark', ARGV[i + 3], 'marked', now)
    end
    out[#out + 1] = 'ok'
  end
end
return out
