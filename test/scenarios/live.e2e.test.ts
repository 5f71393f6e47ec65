/**
 * Two hundred who look on while everything happens at once: lines cut from 10 ms on, nodes killed and restarted one by one,
 * Redis emptied and set back. In the end everybody has what the log has, and nobody was shown a gap, a repeat or a step
 * back on the way. `LIVE_MINUTES` for the long run.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { spec } from '../_kit/spec.ts';
import { Crowd } from './faults/crowd.ts';
import { type House, survive, withHouse } from './faults/house.ts';
import * as strike from './faults/strikes.ts';

const MINUTES = Number(process.env['LIVE_MINUTES'] ?? 2);
const PAUSE_MS = 5_000;
/** In the short run nobody may be away for most of it. */
const LONGEST_MS = MINUTES > 5 ? 120_000 : 15_000;

const ENV = { AMQP_URL: 'none', ANDON_SOCKETS_PER_USER: '1000', ANDON_DRAIN_SPREAD_MS: '3000' };

const STRIKES: Readonly<Record<string, strike.Strike>> = {
  'kill -9 of a web node': strike.kill('web'),
  FLUSHALL: strike.flushAll,
  'Redis is back with an older file': strike.olderFile,
  'a web node stands still': strike.standStill('web'),
  'kill -9 of Redis': strike.kill('redis'),
  'kill -9 of nginx': strike.kill('nginx'),
  'kill -9 of a keeper': strike.kill('keeper'),
};

const test = spec<House>('those who look on', withHouse({ env: ENV }), {
  deadlineMs: MINUTES * 60_000 + 480_000,
});

test('miss nothing, are shown nothing twice and never a step back', async (house) => {
  const crowd = await Crowd.open(house, { boards: 130, library: 20, followers: 50, longestMs: LONGEST_MS });
  try {
    crowd.begin();
    const end = Date.now() + MINUTES * 60_000;
    await survive(house, 'random cuts and everything else', async () => {
      for (let round = 1; round === 1 || Date.now() < end; round++)
        for (const [name, act] of Object.entries(STRIKES)) {
          if (round > 1 && Date.now() > end) break;
          console.log(name);
          await act(house);
          await sleep(PAUSE_MS);
        }
      await crowd.calm();
    });
    await crowd.isRight('after all that');
    const rolled = await crowd.longestGap(() => survive(house, 'a rolling restart', () => strike.rolling(house)));
    console.log(`a rolling restart: nobody’s board was behind for longer than ${rolled} ms`);
    await crowd.isRight('after a rolling restart');
    console.log(`${crowd.cuts} cuts`);
  } finally {
    await crowd.close();
  }
});
