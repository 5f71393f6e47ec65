import * as assert from 'uvu/assert';
import { Presence } from '../../src/live/presence.ts';
import { presenceTimes } from '../../src/live/presence-times.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OpenHot, withHot } from '../hot/open-hot.ts';

interface Nodes extends OpenHot {
  /** Another node of the same product. */
  node(graceMs?: number): Presence;
  /** Who is noted at the site, by whichever node. */
  noted(site?: string): Promise<string[]>;
}

const SITES = ['north', 'south'];
const SHORT_MS = 4_800;
/** Beats every 5 s: what is seen here is no beat. */
const LONG_MS = 120_000;

const withNodes: Fixture<Nodes> = (lend, title) =>
  withHot(async (open) => {
    const nodes: Presence[] = [];
    const { redis, keys, look } = open;
    try {
      await lend({
        ...open,
        node(graceMs = SHORT_MS) {
          const made = new Presence({ redis, keys, sites: SITES, graceMs });
          nodes.push(made);
          return made;
        },
        noted: async (site = 'north') =>
          (await look.zrange(keys.presence(site), '0', '-1')).map((member) => member.split('|')[0] ?? ''),
      });
    } finally {
      for (const node of nodes) node.close();
    }
  }, title);

const test = spec('presence', withNodes);

test('who came to one node is present for the other, at whichever site', async ({ node }) => {
  const [one, two] = [node(LONG_MS), node(LONG_MS)];
  one.came('ann', 'north');
  one.came('cleo', 'south');
  await until('both are seen', async () => (await two.of(['ann', 'bob', 'cleo'])).size === 2);
  assert.equal([...(await two.of(['ann', 'bob', 'cleo']))], ['ann', 'cleo']);
});

test('who stays is noted again and again', async ({ node, look, keys }) => {
  node().came('ann', 'north');
  const scores = new Set<string>();
  await until('three different times were noted', async () => {
    const [, score] = await look.zrange(keys.presence('north'), '0', '0', 'WITHSCORES');
    if (score !== undefined) scores.add(score);
    return scores.size >= 3;
  });
});

test('the last socket that closes makes absent, after a moment in which a page may be loaded anew', async ({
  node,
  noted,
}) => {
  const one = node();
  one.came('ann', 'north');
  one.came('ann', 'north');
  one.came('bob', 'north');
  one.gone('ann', 'north');
  one.gone('bob', 'north');
  one.came('bob', 'north');
  one.came('cleo', 'north');
  one.gone('cleo', 'north');
  await until('cleo was noted', async () => (await noted()).includes('cleo'));
  await until('cleo is gone', async () => !(await noted()).includes('cleo'));
  assert.equal((await noted()).sort(), ['ann', 'bob']);
  one.gone('ann', 'north');
  await until('ann is gone', async () => (await noted()).join() === 'bob');
});

test('who left one node is present at the other', async ({ node, noted }) => {
  const [one, two] = [node(), node()];
  one.came('ann', 'north');
  two.came('ann', 'north');
  await until('noted by both', async () => (await noted()).length === 2);
  one.gone('ann', 'north');
  await until('noted by one', async () => (await noted()).length === 1);
  assert.ok((await one.of(['ann'])).has('ann'));
});

test('a node that is killed leaves no ghost for longer than a note is fresh', async ({ node }) => {
  const [one, two] = [node(), node()];
  one.came('ann', 'north');
  await until('ann is seen', async () => (await two.of(['ann'])).has('ann'));
  one.close();
  await until('ann is absent', async () => !(await two.of(['ann'])).has('ann'));
});

test('a node that drains takes nobody out: they are on their way to another', async ({ node, noted }) => {
  const [one, two] = [node(), node()];
  for (const person of ['ann', 'bob']) one.came(person, 'north');
  await until('both are noted', async () => (await noted()).length === 2);
  one.gone('bob', 'north');
  one.drain();
  one.gone('ann', 'north');
  two.came('cleo', 'north');
  two.gone('cleo', 'north');
  await until('cleo came and went', async () => (await noted()).includes('cleo'));
  await until('cleo is gone', async () => !(await noted()).includes('cleo'));
  assert.equal((await noted()).sort(), ['ann', 'bob']);
});

test('the clock is that of Redis, and notes are forgotten in the end', async ({ node, noted, look, keys }) => {
  const { freshMs, forgetMs } = presenceTimes(LONG_MS);
  const [seconds] = await look.time();
  const now = Number(seconds) * 1_000;
  const add = (person: string, at: number) => look.zadd(keys.presence('north'), at, `${person}|elsewhere`);
  await add('ann', now - freshMs - 1_000);
  await add('ahead', now + freshMs + 60_000);
  await add('ghost', now - forgetMs - 1_000);
  const one = node(LONG_MS);
  assert.equal([...(await one.of(['ann', 'ahead', 'ghost']))], []);
  one.came('bob', 'north');
  await until('the ghost is forgotten', async () => !(await noted()).includes('ghost'));
  assert.equal((await noted()).sort(), ['ahead', 'ann', 'bob']);
});

test('without Redis a node knows its own', async ({ node, redis }) => {
  const one = node();
  one.came('ann', 'north');
  one.came('ann', 'north');
  one.gone('ann', 'north');
  redis.close();
  assert.equal([...(await one.of(['ann', 'bob']))], ['ann']);
  one.gone('ann', 'north');
  assert.equal([...(await one.of(['ann']))], []);
});
