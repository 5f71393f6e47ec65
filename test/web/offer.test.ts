/** What a page says to expect of what is chosen, held against the tariffs that are delivered. */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { tariffFor } from '../../actors/pricing/book.ts';
import { catalogue } from '../../actors/pricing/catalogue.ts';
import { price } from '../../actors/pricing/price.ts';
import { checkTariff } from '../../actors/pricing/tariff.ts';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { gramsOf, hurryOf, makerOf, mostPieces, savingOf } from '../../web/ui/offer.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('what a site offers');

const BOOK = ['north', 'south'].map((site) => {
  const checked = checkTariff(JSON.parse(readFileSync(new URL(`../../tariffs/${site}.json`, import.meta.url), 'utf8')));
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return { ...checked.tariff, version: '1' };
});
/** As it comes over the wire. */
const { sites, materials, urgencies } = JSON.parse(JSON.stringify(catalogue(BOOK))) as Catalog;
const RING = { material: 'silver-925', finish: 'polished', quantity: 2, urgency: 'standard' };

test('the site is the one the server would choose, whatever is chosen', () => {
  for (const { id: material, finishes } of materials)
    for (const { id: finish } of finishes)
      for (const { id: urgency } of urgencies)
        for (const quantity of [1, 1_000, 1_001, 5_000]) {
          const wanted = { material, finish, urgency, quantity };
          assert.is(makerOf(sites, wanted)?.id, tariffFor(BOOK, undefined, wanted)?.site, JSON.stringify(wanted));
        }
  assert.is(makerOf(sites, { ...RING, material: 'gold-585' }, 'south'), undefined);
});

test('as many pieces as the site can make, not as another one can', () => {
  assert.equal([mostPieces(sites, RING, 'north'), mostPieces(sites, RING, 'south')], [1_000, 2_000]);
  assert.is(mostPieces(sites, { ...RING, material: 'gold-585' }), 1_000, 'only the north makes it');
  assert.is(mostPieces(sites, RING), 2_000);
});

test('a piece weighs its volume times what the material weighs there', () => {
  assert.is(gramsOf(sites, 'silver-925', 2_000), 20.72);
  assert.is(gramsOf(sites, 'unobtainium', 2_000), undefined);
});

test('the saving that is shown is the one that is paid', () => {
  const north = sites[0]!;
  assert.equal(savingOf(north, 1), { now: 0, next: { from: 5, percent: 5 } });
  assert.equal(savingOf(north, 5), { now: 5, next: { from: 20, percent: 12 } });
  assert.equal(savingOf(north, 100), { now: 20 });
  const solid = { volumeMm3: 2_000, areaMm2: 1_800, sizeMm: [20, 20, 5], closed: true } as const;
  const priced = price(BOOK[0]!, { ...RING, quantity: 20 }, solid);
  assert.ok('lines' in priced && priced.lines.some(({ name }) => name.startsWith(`${savingOf(north, 20).now} %`)));
});

test('hurry says what it costs more and when it would be ready', () => {
  assert.equal(hurryOf(sites[0]!, 'express', 1_000), { extra: 30, ready: 1_000 + 72 * 3_600_000 });
  assert.equal(hurryOf(sites[0]!, 'standard', 0)?.extra, 0);
  assert.is(hurryOf(sites[0]!, 'never', 0), undefined);
});
