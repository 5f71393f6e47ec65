/** All of them, one after the other and shorter; what needs a big log shares one. */
import { bench } from './_kit/main.ts';
import { readsAndGrowth } from './measures/big.ts';
import { rest, sockets } from './measures/edge.ts';
import { hot } from './measures/hot.ts';
import { live } from './measures/live.ts';
import { turn } from './measures/turn.ts';

const SHORT = {
  ANDON_BENCH_ORDERS: '4000',
  ANDON_BENCH_RACES: '40',
  ANDON_BENCH_SECONDS: '3',
  ANDON_BENCH_LIVE_SECONDS: '3',
};

await bench({ turn, hot, rest, sockets, 'reads and growth': readsAndGrowth, ...live() }, { ...SHORT, ...process.env });
