-- place: where cards stand on boards, newer wins; one visible change = one entry of the board's stream, whose id is the
-- board's position. Every item is absolute and guarded by the order's version: twice, late, out of order change nothing.
-- A board is: meta {epoch, complete, at, ...}, place (order -> version|lane|length of recent|recent urgent), card (order
-- -> JSON), per lane two sets ordered as text with score 0 (recent, urgent; members <key>|<order>), gone (tombstones by
-- time), stream. A removed card keeps its place with an empty lane, so that a late older change can't bring it back.
-- KEYS[1] any key of the items (routes the call on a cluster)
-- ARGV[1] entries kept in a stream, then items of 8:
--   <board prefix> <order> <version> <lane|''> <recent> <urgent> <card|''> <load 1|''>
--   load: by a rebuild; an equal version is written again, and the stream is left alone
-- Replies, one per item: 'new' | 'old' | 'cold' (no such board: nothing was written)
-- error BADITEM: nothing was written.
local call, n, find, sub = redis.call, #ARGV, string.find, string.sub
local keep = ARGV[1]
if not tonumber(keep) or tonumber(keep) < 1 then return redis.error_reply('BADITEM keep') end
if (n - 1) % 8 ~= 0 then return redis.error_reply('BADITEM length') end
for i = 2, n, 8 do
  local version = tonumber(ARGV[i + 2])
  if not version or version < 1 then return redis.error_reply('BADITEM version at ' .. i) end
  if ARGV[i + 1] == '' or find(ARGV[i + 1], '|', 1, true) then return redis.error_reply('BADITEM order at ' .. i) end
  if find(ARGV[i + 3], '[^a-z_]') then return redis.error_reply('BADITEM lane at ' .. i) end
end

local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local warm, newest = {}, {}

local function place(i)
  local b, order, version, lane = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3]
  local recent, urgent, card, load = ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], ARGV[i + 7] == '1'
  if warm[b] == nil then warm[b] = call('HEXISTS', b .. 'meta', 'epoch') == 1 end
  if not warm[b] then return 'cold' end

  local known = call('HGET', b .. 'place', order)
  local was_version, was_lane, was_recent, was_urgent = 0, '', '', ''
  if known then
    local v, l, length, keys = string.match(known, '^(%d+)|([^|]*)|(%d+)|(.*)$')
    was_version, was_lane = tonumber(v), l
    was_recent, was_urgent = sub(keys, 1, length), sub(keys, length + 1)
  end
  if version < was_version or (version == was_version and not load) then return 'old' end

  local recent_moves = was_lane ~= lane or was_recent ~= recent
  local urgent_moves = was_lane ~= lane or was_urgent ~= urgent
  if was_lane ~= '' and recent_moves then call('ZREM', b .. was_lane .. ':recent', was_recent .. '|' .. order) end
  if was_lane ~= '' and urgent_moves then call('ZREM', b .. was_lane .. ':urgent', was_urgent .. '|' .. order) end
  if lane ~= '' then
    -- the score as text: Redis prints and reads a number of Lua in full
    if load or recent_moves then call('ZADD', b .. lane .. ':recent', '0', recent .. '|' .. order) end
    if load or urgent_moves then call('ZADD', b .. lane .. ':urgent', '0', urgent .. '|' .. order) end
    call('HSET', b .. 'place', order, ARGV[i + 2] .. '|' .. lane .. '|' .. #recent .. '|' .. recent .. urgent)
    call('HSET', b .. 'card', order, card)
    if known and was_lane == '' then call('ZREM', b .. 'gone', order) end
  else
    call('HSET', b .. 'place', order, ARGV[i + 2] .. '||0|')
    if was_lane ~= '' then call('HDEL', b .. 'card', order) end
    call('ZADD', b .. 'gone', now, order)
  end
  if not load and (was_lane ~= '' or lane ~= '') then
    newest[b] = call('XADD', b .. 'stream', 'MAXLEN', '~', keep, '*', 'o', order, 'v', ARGV[i + 2], 'l', lane, 'c', card)
  end
  return 'new'
end

local out = {}
for i = 2, n, 8 do out[#out + 1] = place(i) end
for b, at in pairs(newest) do call('HSET', b .. 'meta', 'at', at) end
return out
