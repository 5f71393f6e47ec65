-- presence-look: all that is known of the presence at a site, at one moment, and which Redis this is: its run and its
-- replication history.
-- KEYS[1] presence of the site
-- KEYS[2] people of the site: hash, person -> JSON {present, since}
-- KEYS[3] watch of the site: hash {at, recording, counting, run}
-- Reply: {now, run, {member, when noted, ...}, {person, JSON, ...}, {at, recording, counting, run, each false if not
-- there}}. Writes nothing.
-- include this-redis
local call = redis.call
local clock = call('TIME')
return {
  clock[1] * 1000 + math.floor(clock[2] / 1000),
  this_redis(),
  call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'),
  call('HGETALL', KEYS[2]),
  call('HMGET', KEYS[3], 'at', 'recording', 'counting', 'run'),
}
