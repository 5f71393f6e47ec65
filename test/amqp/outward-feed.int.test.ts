import * as assert from 'uvu/assert';
import type { Broker } from '../../src/amqp/broker.ts';
import { OUTWARD_FEED, OutwardFeed } from '../../src/amqp/outward-feed.ts';
import { Publisher } from '../../src/amqp/publisher.ts';
import type { NewRow } from '../../src/log/rows.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import { feedLag } from '../../src/views/cursors.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { newRow, next } from '../log/new-row.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';
import { assertComplete, firstCopies, type Wanted } from './collect.ts';
import { type Heard, type OpenBroker, withBroker } from './open-broker.ts';

interface Open extends OpenLog, Omit<OpenBroker, 'reports' | 'proxy'> {
  /** `proxy` and `reports` are the log's; these are the broker's. */
  readonly amqp: OpenBroker;
  readonly heard: readonly Heard[];
  feed(broker: Broker): OutwardFeed;
  /** Runs until the test is over. */
  run(feed: OutwardFeed): void;
  /** Appends actors with so many versions each; answers what must come out. */
  append(actors: number, versions: number): Promise<readonly Wanted[]>;
}

type Event = { readonly type: string };

const open: Fixture<Open> = (lend, title) =>
  withOpenLog(
    (log) =>
      withBroker(async (amqp) => {
        const stop = new AbortController();
        const running: Promise<void>[] = [];
        const batcher = await log.batcher();
        const feed = (broker: Broker): OutwardFeed => {
          const publisher = new Publisher({ broker, declare: amqp.topology.declareEvents(), confirmMs: 1_000 });
          return new OutwardFeed({
            pool: log.pool,
            exchange: amqp.topology.events,
            connected: () => broker.connected,
            send: (messages) => publisher.send(messages),
            outward: (row: LogRow) =>
              (row.events as Event[]).map(({ type, ...data }) => {
                if (type === 'broken') throw new Error('what is this?');
                return { type: `order.${type}`, site: 'north', data };
              }),
            report: () => undefined,
            pauseMs: 20,
          });
        };
        try {
          await lend({
            ...amqp,
            ...log,
            amqp,
            heard: await amqp.hear(),
            feed,
            run: (its) => void running.push(its.run(stop.signal)),
            async append(actors, versions) {
              const wanted: Wanted[] = [];
              const one = async (): Promise<void> => {
                let row: NewRow | undefined;
                for (let v = 1; v <= versions; v++) {
                  const types = v % 3 === 0 ? ['captured', 'manufacturing-started'] : ['captured'];
                  const over = {
                    events: types.map((type) => ({ type, v })),
                    trace: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
                  };
                  row = row === undefined ? newRow(over) : next(row, over);
                  assert.is((await batcher.append(row)).result, 'won');
                  wanted.push({ actor: row.actor, version: v, types: types.map((type) => `order.${type}`) });
                }
              };
              await Promise.all(Array.from({ length: actors }, one));
              return wanted;
            },
          });
        } finally {
          stop.abort();
          await Promise.all(running);
        }
      }, title),
    title,
  );

const test = spec<Open>('events told outside', open, { deadlineMs: 60_000 });

const count = (wanted: readonly Wanted[]): number => wanted.reduce((sum, { types }) => sum + types.length, 0);

const allHeard = ({ heard }: Open, wanted: readonly Wanted[]): Promise<unknown> =>
  until('all is heard', () => firstCopies(heard).length >= count(wanted), 40_000);

test('each comes once and in order, with its trace and a stable id', async (at) => {
  const wanted = await at.append(5, 7);
  at.run(at.feed(await at.broker()));
  await allHeard(at, wanted);
  assertComplete(at.heard, wanted);
  assert.is(at.heard.length, count(wanted));
  const [first] = at.heard;
  assert.match(String(first?.headers['traceparent']), /^00-1+-2+-01$/);
  assert.equal(Object.keys(JSON.parse(first?.body ?? '{}')).sort(), [
    'actor',
    'at',
    'data',
    'id',
    'kind',
    'site',
    'type',
    'version',
  ]);
  await until('nothing waits', async () => (await feedLag(at.pool, OUTWARD_FEED)) === 0);
});

test('a feed that begins again repeats nothing that was noted', async (at) => {
  const wanted = await at.append(3, 3);
  const broker = await at.broker();
  const first = at.feed(broker);
  // A row may be read once nothing older runs, anywhere in the cluster.
  await until('all is heard', async () => {
    await first.step();
    return firstCopies(at.heard).length >= count(wanted);
  });
  const heard = at.heard.length;
  const more = await at.append(1, 1);
  const second = at.feed(broker);
  await until('the new one is heard', async () => {
    await second.step();
    return at.heard.length > heard;
  });
  assertComplete(at.heard, [...wanted, ...more]);
  assert.is(at.heard.length, heard + 1);
});

test('two owners at once, and connections that are cut: repeats, but nothing lost and nothing out of order', async (at) => {
  at.run(at.feed(await at.broker()));
  at.run(at.feed(await at.broker()));
  const wanted: Wanted[] = [];
  for (let i = 0; i < 5; i++) {
    at.amqp.proxy.cutReplies(1 + (i % 2));
    wanted.push(...(await at.append(6, 9)));
    await until('a connection was cut', () => at.amqp.proxy.cuts() > i, 20_000);
  }
  at.amqp.proxy.resume();
  await allHeard(at, wanted);
  assertComplete(at.heard, wanted);
});

test('while the broker is away the feed stands still, and goes on from there', async (at) => {
  const broker = await at.broker();
  at.run(at.feed(broker));
  const before = await at.append(2, 2);
  await allHeard(at, before);
  at.amqp.proxy.stall();
  const during = await at.append(2, 2);
  at.amqp.proxy.cutReplies(1);
  await until('the connection is lost', () => !broker.connected, 20_000);
  at.amqp.proxy.resume();
  await allHeard(at, [...before, ...during]);
  assertComplete(at.heard, [...before, ...during]);
});

test('the exchange deleted under way: what nobody could hear is told to who listens then', async (at) => {
  const broker = await at.broker();
  at.run(at.feed(broker));
  const before = await at.append(1, 1);
  await allHeard(at, before);
  await at.sight.deleteExchange(at.topology.events);
  await at.append(1, 1);
  const again = await at.hear();
  const after = await at.append(1, 2);
  // The one before may come too: whether somebody listened by then is a matter of luck.
  const heard = () => again.filter(({ body }) => after.some(({ actor }) => body.includes(actor)));
  await until('the new ones are heard', () => firstCopies(heard()).length >= count(after));
  assertComplete(heard(), after);
});

test('a row that can’t be told is passed over', async (at) => {
  const batcher = await at.batcher();
  const broken = newRow({ events: [{ type: 'broken' }] });
  await batcher.append(broken);
  await batcher.append(next(broken, { events: [{ type: 'captured' }] }));
  at.run(at.feed(await at.broker()));
  await until('the next is heard', () => at.heard.length === 1);
  assert.is(firstCopies(at.heard)[0]?.version, 2);
});
