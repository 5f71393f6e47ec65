-- finish: the end of the turns of one event-loop tick: new states, leases given back, hints, remembered refusals.
-- Every item is absolute: twice, late and out of order changes nothing (a notice is told again).
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV[1] life of a state ms, ARGV[2] life of a refusal ms, then items:
--   S <state key> <version> <command id> <json> <quarantined 1|''> <channel> <message|''> <lease key> <token|''>
--   U <lease key> <token>                     give the lease back
--   F <state key> <version>                   forget the state if it has this version
--   H <held key> <slot> <actor> <1|0>         the slot is held by the actor | no longer, if it still names it
--   N <channel> <message>                     tell whoever listens there now
--   R <refusal key> <record>                  remember, unless something is remembered
--   Q <state key> <1|0>                       mark or unmark the state that is there
-- Replies, one per item: S 'new' | 'old' (the lease goes in both cases), R the record remembered now, others 'ok'
-- error BADITEM: nothing was written.
local call, n = redis.call, #ARGV
local ttl, refusal_ttl = tonumber(ARGV[1]), tonumber(ARGV[2])
if not ttl or ttl < 1 or not refusal_ttl or refusal_ttl < 1 then return redis.error_reply('BADITEM times') end
local length = { S = 10, U = 3, F = 3, H = 5, N = 3, R = 3, Q = 3 }
local p = 3
while p <= n do
  local kind = ARGV[p]
  if not length[kind] then return redis.error_reply('BADITEM kind at ' .. p) end
  if (kind == 'S' or kind == 'F') and not tonumber(ARGV[p + 2]) then return redis.error_reply('BADITEM version at ' .. p) end
  if kind == 'N' and (ARGV[p + 1] == '' or ARGV[p + 2] == '') then return redis.error_reply('BADITEM notice at ' .. p) end
  p = p + length[kind]
end
if p ~= n + 1 then return redis.error_reply('BADITEM length') end

local function unlock(lease, token)
  if token ~= '' and call('GET', lease) == token then call('DEL', lease) end
end

local run = {
  S = function(i)
    local key, version, answer = ARGV[i + 1], tonumber(ARGV[i + 2]), 'old'
    local known = tonumber(call('HGET', key, 'v') or '0')
    if version > known then
      call('HSET', key, 'v', ARGV[i + 2], 'c', ARGV[i + 3], 's', ARGV[i + 4])
      if ARGV[i + 5] == '1' then call('HSET', key, 'q', '1') end
      if known == 0 then call('PEXPIRE', key, ttl) end -- later on every load prolongs it
      answer = 'new'
    end
    -- an equal state may stand here by a reader that found it in Postgres, before anybody was told
    if version >= known and ARGV[i + 7] ~= '' then call('SPUBLISH', ARGV[i + 6], ARGV[i + 7]) end
    unlock(ARGV[i + 8], ARGV[i + 9])
    return answer
  end,
  U = function(i) unlock(ARGV[i + 1], ARGV[i + 2]) return 'ok' end,
  F = function(i)
    if tonumber(call('HGET', ARGV[i + 1], 'v') or '0') == tonumber(ARGV[i + 2]) then call('DEL', ARGV[i + 1]) end
    return 'ok'
  end,
  H = function(i)
    local key, slot, actor = ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
    if ARGV[i + 4] == '1' then
      call('HSET', key, slot, actor)
      call('PEXPIRE', key, ttl)
    elseif call('HGET', key, slot) == actor then call('HDEL', key, slot) end
    return 'ok'
  end,
  N = function(i) call('SPUBLISH', ARGV[i + 1], ARGV[i + 2]) return 'ok' end,
  R = function(i)
    local kept = call('GET', ARGV[i + 1])
    if kept then return kept end
    call('SET', ARGV[i + 1], ARGV[i + 2], 'PX', refusal_ttl)
    return ARGV[i + 2]
  end,
  Q = function(i)
    if ARGV[i + 2] ~= '1' then call('HDEL', ARGV[i + 1], 'q')
    elseif call('HEXISTS', ARGV[i + 1], 'v') == 1 then call('HSET', ARGV[i + 1], 'q', '1') end
    return 'ok'
  end,
}

local out, i = {}, 3
while i <= n do
  out[#out + 1] = run[ARGV[i]](i)
  i = i + length[ARGV[i]]
end
return out
