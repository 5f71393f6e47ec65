-- finish: the end of the turns of one event-loop tick: new states, leases given back, hints, remembered refusals.
-- Every item is absolute: twice, late and out of order changes nothing (a notice is told again).
-- Each call of Redis costs about a microsecond and each byte of a text more than a nanosecond: so keys are made here of
-- what they begin with, and a message is put together only for somebody who listens.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV[1] life of a state ms, ARGV[2] life of a refusal ms, then at most 1,000 items; <actor> = what its keys begin with:
--   S <actor> <state> <before|''> <after> <token|''>   state as in src/hot/state-text.ts; told is before, the state's
--                                         JSON and after, one behind the other; nothing where before is ''
--   U <actor> <token>                     give the lease back
--   F <actor> <version>                   forget the state if it has this version
--   H <actor> <slot> <other> <1|0>        the slot is held by the other | no longer, if it still names it
--   N <channel> <message>                 tell whoever listens there now
--   R <refusal key> <record>              remember, unless something is remembered
--   Q <actor> <1|0>                       mark or unmark the state that is there
-- Replies, one per item: S 'new' | 'old' (the lease goes in both cases), R the record remembered now, others 'ok'
-- error BADITEM: nothing was written.
local call, n, sub = redis.call, #ARGV, string.sub
local ttl, refusal_ttl = ARGV[1], ARGV[2]
for i = 1, 2 do
  if not tonumber(ARGV[i]) or tonumber(ARGV[i]) < 1 then return redis.error_reply('BADITEM times') end
end
local length = { S = 6, U = 3, F = 3, H = 5, N = 3, R = 3, Q = 3 }

-- a state's text begins with its version, ten digits, and 1 | 0: in quarantine or not
local VERSION, MARK = 10, 11
local function version_of(text) return tonumber(sub(text, 1, VERSION)) end

local p, items = 3, 0
while p <= n do
  local kind = ARGV[p]
  if not length[kind] or p + length[kind] > n + 1 then return redis.error_reply('BADITEM kind at ' .. p) end
  if kind == 'S' and not (version_of(ARGV[p + 2]) and string.find(ARGV[p + 2], '|', MARK, true)) then return redis.error_reply('BADITEM state at ' .. p) end
  if kind == 'F' and not tonumber(ARGV[p + 2]) then return redis.error_reply('BADITEM version at ' .. p) end
  if kind == 'N' and (ARGV[p + 1] == '' or ARGV[p + 2] == '') then return redis.error_reply('BADITEM notice at ' .. p) end
  p, items = p + length[kind], items + 1
end
if items > 1000 then return redis.error_reply('BADITEM length') end

-- leases to give back: all looked at together
local leases, tokens = {}, {}
local function unlock(actor, token)
  if token == '' then return end
  leases[#leases + 1] = actor .. ':lease'
  tokens[#tokens + 1] = token
end

local channels, told = {}, {}
local run = {
  S = function(i)
    local actor, state, answer = ARGV[i + 1], ARGV[i + 2], 'old'
    local key, version = actor .. ':head', version_of(state)
    local known = call('GETRANGE', key, '0', MARK - 1)
    local was = version_of(known) or 0
    if version > was then
      if sub(known, MARK) == '1' then state = sub(state, 1, VERSION) .. '1' .. sub(state, MARK + 1) end
      call('SET', key, state, 'PX', ttl)
      answer = 'new'
    end
    -- an equal state may stand here by a reader that found it in Postgres, before anybody was told
    if version >= was and ARGV[i + 3] ~= '' then
      channels[#channels + 1] = actor .. ':live'
      told[#told + 1] = i
    end
    unlock(actor, ARGV[i + 5])
    return answer
  end,
  U = function(i) unlock(ARGV[i + 1], ARGV[i + 2]) return 'ok' end,
  F = function(i)
    local key = ARGV[i + 1] .. ':head'
    if version_of(call('GETRANGE', key, '0', VERSION - 1)) == tonumber(ARGV[i + 2]) then call('DEL', key) end
    return 'ok'
  end,
  H = function(i)
    local key, slot, other = ARGV[i + 1] .. ':held', ARGV[i + 2], ARGV[i + 3]
    if ARGV[i + 4] == '1' then
      if call('HSET', key, slot, other) == 1 then call('PEXPIRE', key, ttl) end
    elseif call('HGET', key, slot) == other then call('HDEL', key, slot) end
    return 'ok'
  end,
  N = function(i) call('SPUBLISH', ARGV[i + 1], ARGV[i + 2]) return 'ok' end,
  R = function(i) return call('SET', ARGV[i + 1], ARGV[i + 2], 'NX', 'GET', 'PX', refusal_ttl) or ARGV[i + 2] end,
  Q = function(i)
    local key = ARGV[i + 1] .. ':head'
    if call('EXISTS', key) == 1 then call('SETRANGE', key, MARK - 1, ARGV[i + 2] == '1' and '1' or '0') end
    return 'ok'
  end,
}

local out, i = {}, 3
while i <= n do
  out[#out + 1] = run[ARGV[i]](i)
  i = i + length[ARGV[i]]
end

-- who stands in line (lease.lua) is next, if it asks again soon
local NEXT_MS = '15'
if #leases > 0 then
  local holders, mine = call('MGET', unpack(leases)), {}
  for l, holder in ipairs(holders) do
    local line = holder and string.find(holder, '|', 1, true)
    if holder == tokens[l] then mine[#mine + 1] = leases[l]
    elseif line and sub(holder, 1, line - 1) == tokens[l] then call('SET', leases[l], sub(holder, line + 1), 'PX', NEXT_MS) end
  end
  if #mine > 0 then call('DEL', unpack(mine)) end
end

if #told > 0 then
  local listeners = call('PUBSUB', 'SHARDNUMSUB', unpack(channels))
  for t, item in ipairs(told) do
    if listeners[2 * t] > 0 then
      local json = string.match(ARGV[item + 2], '|(.*)$')
      call('SPUBLISH', channels[t], ARGV[item + 3] .. json .. ARGV[item + 4])
    end
  end
end
return out
