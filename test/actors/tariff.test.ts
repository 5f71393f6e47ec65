import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import { tariffFor, tariffOf } from '../../actors/pricing/book.ts';
import { catalogue } from '../../actors/pricing/catalogue.ts';
import { price } from '../../actors/pricing/price.ts';
import { checkTariff, checkTogether, type Tariff } from '../../actors/pricing/tariff.ts';
import { spec } from '../_kit/spec.ts';
import { BOOK, SETTINGS, SOLID } from './world.ts';

const test = spec('tariffs and prices');
const [north, south] = BOOK as unknown as [Tariff, Tariff];
const { version: _, ...plain } = BOOK[0]!;
const rules = (tariff: unknown): string[] => {
  const result = checkTariff(tariff);
  return 'faults' in result ? result.faults.map(({ path, rule }) => `${path} ${rule}`) : [];
};
const priceOf = (wanted = SETTINGS, solid = SOLID, tariff = north) => {
  const result = price(tariff, wanted, { ...solid });
  if ('failure' in result) throw new Error(result.failure);
  return result;
};
const failure = (wanted = SETTINGS, solid: Partial<typeof SOLID> = {}) => {
  const result = price(north, wanted, { ...SOLID, ...solid });
  return 'failure' in result ? result.failure : undefined;
};

test('the tariffs that come with the product are sound', () => {
  assert.equal(
    BOOK.map(({ site, currency }) => [site, currency]),
    [
      ['north', 'EUR'],
      ['south', 'EUR'],
    ],
  );
  assert.equal(checkTogether(BOOK), []);
});

test('a tariff with a wrong shape is refused, naming the place', () => {
  assert.ok(rules({ ...plain, currency: 'euro' })[0]!.startsWith('/currency'));
  assert.ok(rules({ ...plain, setup: 0.5 })[0]!.startsWith('/setup'));
  assert.ok(rules({ ...plain, surprise: 1 }).length > 0);
  assert.ok(rules(null).length > 0);
});

test('names by language are for languages, and lines of text like the one name', () => {
  assert.equal(rules({ ...plain, names: { de: 'Werkstatt Nord', ru: 'Северный цех' } }), []);
  const { names: _, ...unnamed } = plain;
  assert.equal(rules(unnamed), []);
  for (const names of [{ Russian: 'Цех' }, { ru: '' }, { ru: 7 }, 'Цех', { ru: 'a\u0000b' }])
    assert.ok(rules({ ...plain, names })[0]?.startsWith('/names'), JSON.stringify(names));
});

test('what stands twice, finishes nobody knows and bands out of order are refused together', () => {
  const broken = {
    ...plain,
    materials: [...plain.materials, plain.materials[0]],
    urgencies: [...plain.urgencies, plain.urgencies[0]],
    finishes: plain.finishes.filter(({ id }) => id !== 'satin'),
    reasons: { release: [plain.reasons['release']![0], plain.reasons['release']![0]] },
    discounts: [
      { from: 20, percent: 12 },
      { from: 5, percent: 5 },
    ],
  };
  assert.equal(rules(broken), [
    '/materials/5/id silver-925 stands twice',
    '/urgencies/3/id standard stands twice',
    '/reasons/release/1/id machine-down stands twice',
    '/materials/0/finishes/2 unknown finish satin',
    '/materials/1/finishes/1 unknown finish satin',
    '/materials/5/finishes/2 unknown finish satin',
    '/discounts/1 must be above the one before',
  ]);
});

test('two tariffs share neither site nor number prefix', () => {
  assert.equal(
    checkTogether([north, north]).map(({ path }) => path),
    ['/1/site', '/1/numberPrefix'],
  );
});

test('there may be more than nine sites', () => {
  assert.equal(rules({ ...plain, numberPrefix: '50' }), []);
  for (const numberPrefix of ['0', '07', '1000', 'N', '']) assert.is(rules({ ...plain, numberPrefix }).length, 1);
});

test('an order that names no site goes to the first that makes it', () => {
  const smoothed = { ...SETTINGS, material: 'pa12', finish: 'smoothed' };
  assert.is(tariffFor(BOOK, undefined, SETTINGS)?.site, 'north');
  assert.is(tariffFor(BOOK, undefined, smoothed)?.site, 'south');
  assert.is(tariffFor(BOOK, undefined, { ...SETTINGS, material: 'wood' }), undefined);
  assert.is(tariffFor(BOOK, 'north', smoothed)?.site, 'north');
  assert.is(tariffFor(BOOK, 'west', SETTINGS), undefined);
  assert.is(tariffOf(BOOK, 'south')?.site, 'south');
  assert.is(tariffOf(undefined, 'north'), undefined);
});

test('a ring in silver: set-up, material by weight, finish by area', () => {
  // 0.62 cm3 × 10.36 g/cm3 × 210 ct/g = 1348.87; 600 + 4.8 cm2 × 35 ct/cm2 = 768
  assert.equal(priceOf(), {
    amount: 3_617,
    currency: 'EUR',
    lines: [
      { name: 'Set-up', amount: 1_500 },
      { name: 'Silver 925', amount: 1_349 },
      { name: 'Polished', amount: 768 },
    ],
  });
});

test('many pieces cost less each, but not the set-up; haste costs more of everything', () => {
  assert.equal(priceOf({ ...SETTINGS, quantity: 20, urgency: 'rush' }).lines, [
    { name: 'Set-up', amount: 1_500 },
    { name: 'Silver 925', amount: 26_977 },
    { name: 'Polished', amount: 15_360 },
    { name: '12 % off from this quantity', amount: -5_080 },
    { name: 'Rush', amount: 31_006 },
  ]);
});

test('what can’t be priced says why', () => {
  assert.is(failure(), undefined);
  assert.is(failure({ ...SETTINGS, material: 'wood' }), 'not-offered');
  assert.is(failure({ ...SETTINGS, finish: 'dyed' }), 'not-offered');
  assert.is(failure({ ...SETTINGS, quantity: 1_001 }), 'not-offered');
  assert.is(failure(SETTINGS, { closed: false }), 'not-closed');
  assert.is(failure(SETTINGS, { volumeMm3: 0 }), 'no-volume');
  assert.is(failure(SETTINGS, { volumeMm3: -620 }), 'no-volume');
  assert.is(failure(SETTINGS, { volumeMm3: Number.NaN }), 'no-volume');
  assert.is(failure(SETTINGS, { volumeMm3: 500_001 }), 'too-much-material');
  assert.is(failure(SETTINGS, { volumeMm3: Number.POSITIVE_INFINITY }), 'too-much-material');
  assert.is(failure(SETTINGS, { areaMm2: Number.POSITIVE_INFINITY }), 'too-dear');
});

test('a model may lie in the box in any orthogonal position', () => {
  assert.is(failure(SETTINGS, { sizeMm: [100, 170, 140] as never }), undefined);
  assert.is(failure(SETTINGS, { sizeMm: [181, 1, 1] as never }), 'too-large');
  assert.is(failure(SETTINGS, { sizeMm: [151, 151, 1] as never }), 'too-large');
  assert.is(failure(SETTINGS, { sizeMm: [Number.NaN, 1, 1] as never }), 'too-large');
});

test('lines are whole and add up to the amount, for whatever is ordered', () => {
  const anything = fc.record({
    tariff: fc.constantFrom(north, south),
    material: fc.nat(4),
    finish: fc.nat(4),
    urgency: fc.nat(2),
    quantity: fc.integer({ min: 1, max: 1_000 }),
    volumeMm3: fc.double({ min: 0.001, max: 500_000, noNaN: true }),
    areaMm2: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
  });
  fc.assert(
    fc.property(anything, ({ tariff, quantity, volumeMm3, areaMm2, ...choice }) => {
      const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
      const material = at(tariff.materials, choice.material);
      const settings = {
        material: material.id,
        finish: at(material.finishes, choice.finish),
        urgency: at(tariff.urgencies, choice.urgency).id,
        quantity,
      };
      const { amount, lines } = priceOf(settings, { ...SOLID, volumeMm3, areaMm2 }, tariff);
      assert.is(
        lines.reduce((sum, line) => sum + line.amount, 0),
        amount,
      );
      assert.ok(lines.every((line) => Number.isSafeInteger(line.amount)) && amount > 0);
    }),
  );
});

test('the catalogue is all tariffs seen as one', () => {
  const { sites, materials, urgencies, reasons, quantity } = catalogue(BOOK);
  const { makes, urgencies: hurries, discounts, ...north } = sites[0]!;
  assert.equal(north, {
    id: 'north',
    name: 'North workshop',
    names: { ru: 'Северный цех' },
    currency: 'EUR',
    limits: { quantity: 1_000 },
  });
  assert.equal(makes[0], { material: 'silver-925', density: 10.36, finishes: ['raw', 'polished', 'satin'] });
  assert.equal(hurries[1], { id: 'express', percent: 130, leadHours: 72 });
  assert.equal(discounts[0], { from: 5, percent: 5 });
  assert.equal(
    sites[1]!.makes.map(({ material }) => material),
    ['pa12', 'castable-resin', 'brass', 'silver-925'],
  );
  assert.equal(
    materials.map(({ id }) => id),
    ['silver-925', 'gold-585', 'brass', 'pa12', 'castable-resin'],
  );
  const pa12 = materials.find(({ id }) => id === 'pa12')!;
  assert.equal(pa12.sites, ['north', 'south']);
  assert.equal(pa12.finishes, [
    { id: 'raw', name: 'As made', names: { ru: 'Без отделки' } },
    { id: 'dyed', name: 'Dyed', names: { ru: 'Окраска' } },
    { id: 'smoothed', name: 'Vapour smoothed', names: { ru: 'Сглаживание паром' } },
  ]);
  assert.equal(materials[1]!.sites, ['north']);
  assert.equal(
    urgencies.map(({ id }) => id),
    ['standard', 'express', 'rush'],
  );
  assert.ok(reasons['release']!.some(({ id }) => id === 'machine-down'));
  assert.equal(
    sites.map(({ limits }) => limits.quantity),
    [1_000, 2_000],
  );
  assert.is(quantity, 2_000);
});

test('every site has reasons for every command that a person gives a reason for', () => {
  const reasoned = Object.entries(ORDER_COMMANDS).filter(
    ([, { fields, roles }]) => 'reason' in fields.properties && !roles.some((role) => role === 'system'),
  );
  const names = reasoned.map(([type]) => type).toSorted();
  for (const { site, reasons } of BOOK) assert.equal(Object.keys(reasons).toSorted(), names, site);
});
