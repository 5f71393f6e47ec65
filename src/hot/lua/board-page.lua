-- board-page: a page of one lane of a board, by last change (newest first) or by urgency (most urgent first).
-- KEYS[1] meta of the board
-- ARGV[1] board prefix, ARGV[2] lane, ARGV[3] recent | urgent, ARGV[4] member after which it begins | '',
-- ARGV[5] cards (1-1000), then all lanes, to be counted
-- Replies: false (no such board) | {epoch, complete, at, next member | '', cards, counts, {person, JSON, ...}}.
-- Writes nothing.
-- complete: '1' | '0' (being rebuilt, or written by another run of Redis: an older file was loaded, a replica took over)
-- include this-redis
local call, b, lane, sort, after, limit = redis.call, ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
if not limit or limit < 1 or limit > 1000 then return redis.error_reply('BADITEM limit') end
if sort ~= 'recent' and sort ~= 'urgent' then return redis.error_reply('BADITEM sort') end
local meta = call('HMGET', KEYS[1], 'epoch', 'complete', 'at', 'run')
if not meta[1] then return false end
local complete = meta[2] == '1' and meta[4] == this_redis() and '1' or '0'
local set, members = b .. lane .. ':' .. sort, nil
if sort == 'recent' then
  members = call('ZRANGE', set, after == '' and '+' or '(' .. after, '-', 'BYLEX', 'REV', 'LIMIT', 0, limit + 1)
else
  members = call('ZRANGE', set, after == '' and '-' or '(' .. after, '+', 'BYLEX', 'LIMIT', 0, limit + 1)
end
local orders = {}
for m = 1, math.min(#members, limit) do orders[m] = string.match(members[m], '[^|]*$') end
local counts = {}
for i = 6, #ARGV do counts[#counts + 1] = call('ZCARD', b .. ARGV[i] .. ':recent') end
return {
  meta[1], complete, meta[3] or '',
  #members > limit and members[limit] or '',
  #orders > 0 and call('HMGET', b .. 'card', unpack(orders)) or {},
  counts,
  call('HGETALL', b .. 'people'),
}
