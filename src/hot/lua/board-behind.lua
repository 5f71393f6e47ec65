-- board-behind: which states and places are behind the log.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV items: S <state key> <version> | P <board prefix> <order> <version>
-- Replies, one per item: 'behind' (older or missing) | 'kept' | 'cold' (P: no such board). Writes nothing.
local call, out, i, n = redis.call, {}, 1, #ARGV
while i <= n do
  if ARGV[i] == 'S' then
    local version = tonumber(ARGV[i + 2])
    if not version then return redis.error_reply('BADITEM S at ' .. i) end
    out[#out + 1] = (tonumber(call('GETRANGE', ARGV[i + 1], '0', '9')) or 0) < version and 'behind' or 'kept'
    i = i + 3
  elseif ARGV[i] == 'P' then
    local b, version = ARGV[i + 1], tonumber(ARGV[i + 3])
    if not version then return redis.error_reply('BADITEM P at ' .. i) end
    local known = call('HGET', b .. 'place', ARGV[i + 2])
    if known and tonumber(string.match(known, '^%d+')) >= version then out[#out + 1] = 'kept'
    elseif call('HEXISTS', b .. 'meta', 'epoch') == 0 then out[#out + 1] = 'cold'
    else out[#out + 1] = 'behind' end
    i = i + 4
  else return redis.error_reply('BADITEM kind at ' .. i) end
end
return out
