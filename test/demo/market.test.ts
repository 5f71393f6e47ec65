import * as assert from 'uvu/assert';
import { Cast, playedIn } from '../../demo/cast.ts';
import { gapSeconds, Market } from '../../demo/decide/market.ts';
import { Patience } from '../../demo/patience.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('a market of the demo');

/** Orders that are placed when nobody works, second by second. */
function placed(market: Market, seconds: number, floor: Map<string, number>): number {
  let count = 0;
  for (let s = 0; s < seconds; s++) {
    for (const [site, cards] of floor) market.tellCards(site, cards);
    market.tellComing('lena', []);
    const site = market.take('lena', 1_000 * s);
    if (site === undefined) continue;
    floor.set(site, (floor.get(site) ?? 0) + 1);
    count++;
  }
  return count;
}

test('fills an empty floor within a minute and never beyond its limit, though nobody works', () => {
  const floor = new Map([
    ['north', 0],
    ['south', 0],
  ]);
  placed(new Market(1), 60, floor);
  for (const [site, cards] of floor) assert.ok(cards >= 12 && cards <= 20, `${site}: ${cards}`);
  assert.ok(placed(new Market(1), 3_600, floor) < 20);
  for (const cards of floor.values()) assert.is(cards, 21);
});

test('counts what is on its way, and a batch as what it brings', () => {
  const market = new Market(1);
  assert.is(market.take('lena', 0), undefined, 'no board was seen yet');
  market.tellCards('north', 5);
  market.tellComing('max', Array(16).fill('north'));
  assert.is(market.take('lena', 0), undefined);
  market.tellComing('max', []);
  assert.is(market.take('lena', 0), 'north');
  market.tellCards('north', 18);
  market.take('max', 5e8);
  market.tellComing('max', []);
  market.tellComing('lena', []);
  assert.is(market.take('Aurora', 1e9, 4), undefined, 'four more are too many');
  assert.is(market.take('Aurora', 1e9, 3), 'north');
});

test('slows down as the floor fills', () => {
  const gaps = [0, 14, 18, 30].map(gapSeconds);
  assert.equal(
    [...gaps].sort((a, b) => a - b),
    gaps,
  );
  assert.is(gaps.at(-1), Number.POSITIVE_INFINITY);
});

test('what was refused is left alone for a while, and forgotten', () => {
  const patience = new Patience();
  patience.refused('a', 3, 0);
  assert.not.ok(patience.allows('a', 3, 10_000));
  assert.ok(patience.allows('a', 4, 10_000), 'it is another version');
  assert.ok(patience.allows('a', 3, 16_000));
  for (let n = 0; n < 2_000; n++) patience.refused(`b${n}`, 1, 20_000);
  assert.ok(patience.allows('b0', 1, 20_000), 'only so many are kept');
});

test('only who is marked is played', () => {
  const logins = [
    { login: 'anna', role: 'operator', site: 'north', password: 'x', demo: 'played' },
    { login: 'olga', role: 'operator', site: 'north', password: 'x', demo: 'free' },
    { login: 'operator-north-1', role: 'operator', site: 'north', password: 'x' },
  ];
  assert.equal(
    playedIn(JSON.stringify(logins)).map(({ login }) => login),
    ['anna'],
  );
  assert.equal(new Cast('/nowhere/logins.json').all(), [], 'the file may be deleted');
});
