-- load: the beginning of the turns of one event-loop tick: leases, states, remembered refusals, facts about others.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV[1] lease ms, ARGV[2] life of a state ms, then items:
--   A <lease key> <state key> <token> <n> <n keys of refusals>   take the lease (SET NX; our token there already = held)
--   F <state key> <held key>                                     a fact about another actor: no lease
-- Replies, one list per item; a missing state has false for v:
--   A: lease 1 | 0, v, c, s, q, then per refusal its record | false
--   F: v, c, s, q, then the numbers of the slots held for that actor
-- error BADITEM: nothing was written. Running twice: the same leases, the same answer.
local call, n = redis.call, #ARGV
local lease_ms, ttl = tonumber(ARGV[1]), tonumber(ARGV[2])
if not lease_ms or lease_ms < 1 or not ttl or ttl < 1 then return redis.error_reply('BADITEM times') end
local p = 3
while p <= n do
  if ARGV[p] == 'A' then
    local refusals = tonumber(ARGV[p + 4])
    if not refusals or refusals < 0 then return redis.error_reply('BADITEM A at ' .. p) end
    p = p + 5 + refusals
  elseif ARGV[p] == 'F' then p = p + 3
  else return redis.error_reply('BADITEM kind at ' .. p) end
end
if p ~= n + 1 then return redis.error_reply('BADITEM length') end

local function state(key, reply)
  local fields = call('HMGET', key, 'v', 'c', 's', 'q')
  if fields[1] then call('PEXPIRE', key, ttl) end
  for i = 1, 4 do reply[#reply + 1] = fields[i] end
  return reply
end

local out, i = {}, 3
while i <= n do
  if ARGV[i] == 'A' then
    local lease, token, refusals = ARGV[i + 1], ARGV[i + 3], tonumber(ARGV[i + 4])
    local held = call('SET', lease, token, 'NX', 'PX', lease_ms) or call('GET', lease) == token
    local reply = state(ARGV[i + 2], { held and 1 or 0 })
    for r = 1, refusals do reply[#reply + 1] = call('GET', ARGV[i + 4 + r]) end
    out[#out + 1] = reply
    i = i + 5 + refusals
  else
    local reply = state(ARGV[i + 1], {})
    for _, slot in ipairs(call('HKEYS', ARGV[i + 2])) do reply[#reply + 1] = slot end
    out[#out + 1] = reply
    i = i + 3
  end
end
return out
