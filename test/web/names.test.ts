import * as assert from 'uvu/assert';
import { catalogue } from '../../actors/pricing/catalogue.ts';
import { price } from '../../actors/pricing/price.ts';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { spec } from '../_kit/spec.ts';
import { BOOK, SETTINGS, SOLID } from '../actors/world.ts';

// A reader of Russian: said before the pages' modules look.
Object.assign(globalThis, { document: { documentElement: { lang: 'ru' } } });
const { inOurLanguage } = await import('../../web/text/names.ts');
const { lineName } = await import('../../web/text/price-lines.ts');
const { layOver } = await import('../../web/text/words.ts');
layOver((await import('../../web/text/ru/shop-page.ts')).words);

const test = spec('names by language');
const { quantity, ...lists } = catalogue(BOOK);
const given: Catalog = { ...(lists as Omit<Catalog, 'limits'>), limits: { quantity, uploadBytes: 1 } };

test('materials, finishes, urgencies, reasons and sites are called as the reader calls them', () => {
  const shown = inOurLanguage(given);
  const [site] = shown.sites;
  const [material] = shown.materials;
  assert.is(site?.name, 'Северный цех');
  assert.is(site?.currency, 'EUR');
  assert.is(material?.name, 'Серебро 925');
  assert.equal(material?.sites, ['north', 'south']);
  assert.is(material?.finishes.find(({ id }) => id === 'polished')?.name, 'Полировка');
  assert.is(shown.urgencies[2]?.name, 'Срочно');
  assert.is(shown.reasons['hold']?.find(({ id }) => id === 'payment')?.name, 'Оплата');
});

test('every name of our tariffs is there in Russian', () => {
  const bare = JSON.stringify(inOurLanguage(given), (key, value) => (key === 'names' ? undefined : value));
  assert.equal(
    [...bare.matchAll(/"name":"([^"]*)"/gu)].map(([, name]) => name).filter((name) => !/[а-яё]/iu.test(name ?? '')),
    [],
  );
});

test('what has no name in this language keeps the one it has', () => {
  const [material, ...others] = given.materials;
  assert.ok(material);
  const { names: _, ...unnamed } = material;
  const german = { ...unnamed, id: 'tin', name: 'Tin', names: { de: 'Zinn' } };
  const shown = inOurLanguage({ ...given, materials: [unnamed, german, ...others] });
  assert.equal(
    shown.materials.slice(0, 3).map(({ name }) => name),
    ['Silver 925', 'Tin', 'Золото 585'],
  );
});

test('lines of a price are in the reader’s words, also the discount; a line that nobody knows stays as it is', () => {
  inOurLanguage(given);
  const [north] = BOOK;
  assert.ok(north);
  const priced = price(north, { ...SETTINGS, quantity: 20, urgency: 'rush' }, { ...SOLID });
  assert.ok('lines' in priced);
  assert.equal(
    priced.lines.map(({ name }) => lineName(name)),
    ['Подготовка', 'Серебро 925', 'Полировка', 'Скидка 12 % за количество', 'Срочно'],
  );
  assert.is(lineName('Price set by hand'), 'Цена назначена вручную');
  assert.is(lineName('Engraving'), 'Engraving');
});
