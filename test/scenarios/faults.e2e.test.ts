import { spec } from '../_kit/spec.ts';
import { forgottenTransaction } from './faults/forgotten.ts';
import { type House, OF_FAULTS, rounds, withHouse } from './faults/house.ts';
import * as strike from './faults/strikes.ts';

const test = spec<House>('a fault in the middle of the story', withHouse({ env: { AMQP_URL: '' } }), OF_FAULTS);

rounds(test, {
  'kill -9 of a web node': strike.kill('web'),
  'kill -9 of a worker that measures': strike.killAtWork,
  'kill -9 of a keeper, then of the other': strike.killOneByOne('keeper'),
  'kill -9 of nginx': strike.kill('nginx'),
  'a web node stands still for longer than its leases': strike.standStill('web'),
  'a worker stands still for longer than its leases': strike.standStill('worker'),
  'a keeper stands still for longer than its leases': strike.standStill('keeper'),
  FLUSHALL: strike.flushAll,
  'kill -9 of Redis': strike.kill('redis'),
  'Redis is back with an older file': strike.olderFile,
  'Redis stands still for five seconds': strike.standStill('redis', 5_000),
  'kill -9 of RabbitMQ': strike.kill('rabbitmq'),
  'RabbitMQ closes its connections and forgets queues and exchange': strike.brokerForgets,
  'kill -9 of a session of Postgres': strike.killBackend,
  'kill -9 of the postmaster': strike.kill('postgres'),
  'sessions of Postgres are ended again and again': strike.endSessions,
  'a transaction is left open in another database': forgottenTransaction,
});
