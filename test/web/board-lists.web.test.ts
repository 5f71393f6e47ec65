/** A board of many orders: narrowed, sorted, walked through by keys, and kept still while it changes. */
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type Api, signIn } from '../_kit/api.ts';
import { lendDatabase } from '../_kit/database.ts';
import { fromRunner, REDIS_URL } from '../_kit/environment.ts';
import { fillOrders } from '../_kit/many-orders.ts';
import { type Login, type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { Cable, DESK, Desks, overflow, PHONE, signInAtBoard, smallTargets, takeShift } from './browser.ts';
import { type Cases, inBrowser } from './web-spec.ts';

interface Place {
  readonly product: Product;
  readonly desks: Desks;
  readonly login: Login;
  readonly boss: Api;
}

const ORDERS = 1_000;
/** What the filling puts on the board, at most every other. */
const ON_BOARD = 500;

const test = inBrowser(
  spec<Place>(
    'the lists of a large board',
    async (lend) => {
      const database = await lendDatabase();
      await fillOrders(database.adminUrl, { orders: ORDERS, sites: ['north'], onBoards: ON_BOARD });
      const product = await startProduct({
        env: {
          DATABASE_URL: database.url,
          DATABASE_ADMIN_URL: database.adminUrl,
          REDIS_URL: fromRunner(REDIS_URL),
          ANDON_PREFIX: `t${randomBytes(4).toString('hex')}`,
          ANDON_REQUESTS_PER_SECOND: '1000',
        },
      });
      const desks = await Desks.open();
      try {
        const [login] = await product.addUsers('supervisor', { site: 'north' });
        await lend({ product, desks, login: login!, boss: await signIn(product.url, login!) });
      } finally {
        await desks.close();
        await product.close();
        await database.close();
      }
    },
    { deadlineMs: 180_000, shared: true },
  ),
);

const read = <T>(page: Page, script: string): Promise<T> => page.evaluate<T>(script);
const laneCount = (page: Page, lane: string): Promise<string> =>
  page.locator(`[data-lane="${lane}"] .lane-head .n`).textContent().then(String);
const drawn = (page: Page): Promise<number> => page.locator('[data-key]').count();
const drawnNew = (page: Page): Promise<string[]> =>
  read(page, `[...document.querySelectorAll('[data-lane="new"] [data-key]')].map((card) => card.dataset.key)`);
/** Of the card that has the focus: which, its place in its list, and where it is on the screen. */
const focused = (page: Page): Promise<{ key: string; place: number; of: number; y: number } | undefined> =>
  read(
    page,
    `(() => {
      const card = document.activeElement.closest('[data-key]');
      return card === null ? undefined : {
        key: card.dataset.key,
        place: Number(card.ariaPosInSet),
        of: Number(card.ariaSetSize),
        y: card.getBoundingClientRect().top,
      };
    })()`,
  );
const inSight = (page: Page): Promise<boolean> =>
  read(
    page,
    `(() => {
      const card = document.activeElement.getBoundingClientRect();
      const lane = document.activeElement.closest('.lane-body').getBoundingClientRect();
      return card.top >= lane.top - 1 && card.bottom <= lane.bottom + 1;
    })()`,
  );
const firstNew = (page: Page): Promise<string> =>
  page.locator('[data-lane="new"] [data-key]').first().getAttribute('data-key').then(String);

const allShown = async (page: Page): Promise<number> => Number(await page.locator('[data-chip="all"] b').textContent());

async function board({ product, desks, login }: Place, name: string): Promise<Page> {
  const page = await desks.page(name);
  await signInAtBoard(page, product.url, login);
  await until('all orders are there', async () => (await allShown(page)) === ON_BOARD);
  return page;
}

/** The models of these orders are no files, so their pictures are not found. */
const complaints = ({ desks }: Place): string[] => desks.complaints.filter((one) => !one.includes('/thumb'));

const cases: Cases<Place> = {
  async 'chips narrow what is shown and say of how many; the tower tells of the whole board'(place) {
    const page = await board(place, 'narrowing');
    const tower = await page.locator('.site small').textContent();
    const all = await laneCount(page, 'new');
    const first = page.locator('[data-lane="new"] article').first();
    await first.focus();
    const hold = page.locator('[data-chip="hold"]');
    const held = (await hold.locator('b').textContent().then(String)).trim();
    await hold.click();
    assert.is(await laneCount(page, 'new'), `${held} of ${all}`);
    assert.is(await hold.getAttribute('aria-pressed'), 'true');
    assert.is(await page.locator('[data-chip="all"]').getAttribute('aria-pressed'), 'false');
    assert.is(await page.locator('.site small').textContent(), tower);
    assert.is(await page.locator('[data-lane="new"] article:not(:has([data-s="hold"]))').count(), 0);
    assert.is(await page.locator('article[tabindex="0"]').count(), 1, 'one of what is left is in the tab order');
    await page.getByRole('status').getByText(`${held} of ${ON_BOARD} orders shown.`).waitFor();
    for (const size of [PHONE, DESK]) {
      await page.setViewportSize(size);
      assert.is(await overflow(page), 0, `at ${size.width} not wider than the window`);
      assert.equal(await smallTargets(page), [], `at ${size.width}`);
      await place.desks.shoot(page, `lists-narrowed-${size.width}`);
    }

    await hold.focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await read<string>(page, 'document.activeElement.dataset.chip'), /^material:/);
    assert.is(await page.locator('.filter-set [tabindex="0"]').count(), 1, 'one stop for Tab');
    await page.keyboard.press('Home');
    assert.is(await read<string>(page, 'document.activeElement.dataset.chip'), 'all');
    await page.keyboard.press('Enter');
    assert.is(await laneCount(page, 'new'), all);
    assert.equal(complaints(place), []);
  },

  async 'what is mine and late is not hidden silently, and one press shows it again'(place) {
    const [login] = await place.product.addUsers('operator', { site: 'north' });
    const page = await place.desks.page('mine');
    await takeShift(page, place.product.url, login!);
    const late = page.locator('[data-lane="new"] article[data-due="late"]:not(:has(.tag))').first();
    await late.locator('[data-action="capture"]').click();
    const mine = page.locator('article[data-list="mine"]');
    await mine.waitFor();
    await page.locator('[data-chip="hold"]').click();
    await mine.waitFor({ state: 'detached' });
    const missed = page.locator('.missed');
    await missed.getByText('One of yours that calls for you is hidden').waitFor();
    await place.desks.shoot(page, 'lists-missed');
    await missed.click();
    await mine.waitFor();
    assert.is(await missed.count(), 0);
    assert.equal(complaints(place), []);
  },

  async 'the order that somebody chose is there again after a reload'(place) {
    const page = await board(place, 'sorting');
    const urgent = await firstNew(page);
    await page.getByLabel('Sort').selectOption({ label: 'Recent' });
    const recent = await firstNew(page);
    assert.is.not(recent, urgent);
    await page.reload();
    await page.locator('[data-connection="live"]').waitFor();
    await until('sorted as before', async () => (await firstNew(page)) === recent);
    assert.is(await page.getByLabel('Sort').inputValue(), 'recent');
    await page.getByLabel('Sort').selectOption({ label: 'Urgency' });
    assert.is(await firstNew(page), urgent);
    assert.equal(complaints(place), []);
  },

  async 'keys reach every card of hundreds, of which only those near sight are drawn'(place) {
    const page = await board(place, 'walking');
    assert.ok((await drawn(page)) < 90, `${await drawn(page)} of ${ON_BOARD} are drawn`);
    await page.locator('[data-lane="new"] article').first().focus();
    for (let step = 0; step < 220; step++) await page.keyboard.press('ArrowDown');
    const at = await focused(page);
    assert.is(at?.place, 221);
    assert.ok(await inSight(page));
    assert.ok((await drawn(page)) < 90, `${await drawn(page)} are drawn after 220 steps`);

    await page.keyboard.press('End');
    const last = await focused(page);
    assert.is(last?.place, last?.of, 'the last of the lane');
    assert.ok(await inSight(page));
    await page.keyboard.press('PageUp');
    const back = await focused(page);
    assert.ok(back!.place < last!.place && back!.place > last!.place - 12, `a screenful up: ${back?.place}`);
    await page.keyboard.press('Home');
    assert.is((await focused(page))?.place, 1);
    await page.keyboard.press('PageDown');
    assert.ok((await focused(page))!.place > 3);
    assert.ok(await inSight(page));

    const { key } = (await focused(page))!;
    await page.mouse.move(200, 500);
    for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 1_500);
    await until('scrolled away', async () => !(await inSight(page)));
    assert.is((await focused(page))?.key, key, 'what has the focus keeps it out of sight');
    await page.keyboard.press('ArrowDown');
    assert.ok(await inSight(page), 'and keys go on from there');
    assert.equal(complaints(place), []);
  },

  async 'while hundreds of changes arrive the focused card stays under the eyes'(place) {
    const page = await board(place, 'still');
    await page.locator('[data-lane="new"] article').first().focus();
    const above = (await drawnNew(page)).slice(0, 5);
    for (let step = 0; step < 40; step++) await page.keyboard.press('ArrowDown');
    const before = (await focused(page))!;
    const keys = await drawnNew(page);
    const others = keys.filter((key) => key !== before.key);
    await Promise.all(
      others
        .filter((id) => !above.includes(id))
        .flatMap((id) => [1, 2, 3].map((priority) => place.boss.order(id, 'set-priority', { priority }))),
    );
    await until('they have come', async () => (await page.locator('[data-chip="rush"] b').textContent()) !== '0');
    for (const id of above) {
      const { status, body } = await place.boss.order(id, 'move', { site: 'south' });
      assert.is(status, 200, JSON.stringify(body));
    }
    await until('those above have left', async () => (await focused(page))?.of === before.of - above.length);
    const after = (await focused(page))!;
    assert.is(after.key, before.key);
    assert.ok(Math.abs(after.y - before.y) < 2, `stood at ${before.y}, stands at ${after.y}`);
    assert.equal(complaints(place), []);
  },

  async 'after a lost line the board is as it was, and what has changed is outlined'(place) {
    const page = await place.desks.page('cut');
    const cable = await Cable.through(page);
    await signInAtBoard(page, place.product.url, place.login);
    await page.locator('[data-lane="new"] article').first().focus();
    for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowDown');
    const before = (await focused(page))!;
    await cable.cut();
    const [reason] = (await place.boss.get('/api/catalog')).body.reasons.hold;
    const { status, body } = await place.boss.order(before.key, 'hold', { reason: reason.id });
    assert.is(status, 200, JSON.stringify(body));
    cable.mend();
    await page.locator(`[data-key="${before.key}"] > article[data-moved]`).waitFor();
    assert.is(await page.locator('article[data-moved]').count(), 1, 'only what has changed');
    const after = (await focused(page))!;
    assert.is(after.key, before.key);
    assert.ok(Math.abs(after.y - before.y) < 2, `stood at ${before.y}, stands at ${after.y}`);
    place.desks.complaints.length = 0; // a line that breaks is told on the console
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
