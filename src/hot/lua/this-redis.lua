-- this-redis: a part of other scripts: which Redis this is, its run and its replication history, as src/views/redis-run.ts
-- tells it from outside.
local function this_redis()
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
  local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
  return run .. ' ' .. history
end
