-- lease: the beginning of the turns of one event-loop tick: leases, and which slots are held for somebody. States are
-- read by a plain MGET right behind it: every text that passes through Lua is hashed byte by byte.
-- A lease is <token of who holds it>, or <token>|<token of who asked first while it was held>: that one is next when it is
-- given back (finish.lua), so processes that want one actor take turns, however fast one of them asks again.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV[1] lease ms, then items:
--   A <lease key> <token>   take the lease (SET NX; our token there already = held), or stand in line
--   F <held key>            a fact about another actor: no lease
-- Replies, one per item: A 1 (held) | 0 (somebody else's), F the numbers of the slots held for that actor
-- error BADITEM: nothing was written. Running twice: the same leases, the same answer.
local find, sub = string.find, string.sub
local call, n, lease_ms = redis.call, #ARGV, ARGV[1]
if not tonumber(lease_ms) or tonumber(lease_ms) < 1 then return redis.error_reply('BADITEM times') end
local p = 2
while p <= n do
  if ARGV[p] == 'A' then p = p + 3
  elseif ARGV[p] == 'F' then p = p + 2
  else return redis.error_reply('BADITEM kind at ' .. p) end
end
if p ~= n + 1 then return redis.error_reply('BADITEM length') end

local function take(key, token)
  local holder = call('SET', key, token, 'NX', 'GET', 'PX', lease_ms)
  if not holder then return 1 end
  local line = find(holder, '|', 1, true)
  if (line and sub(holder, 1, line - 1) or holder) == token then
    call('PEXPIRE', key, lease_ms)
    return 1
  end
  if not line then call('SET', key, holder .. '|' .. token, 'KEEPTTL') end
  return 0
end

local out, i = {}, 2
while i <= n do
  if ARGV[i] == 'A' then
    out[#out + 1] = take(ARGV[i + 1], ARGV[i + 2])
    i = i + 3
  else
    out[#out + 1] = call('HKEYS', ARGV[i + 1])
    i = i + 2
  end
end
return out
