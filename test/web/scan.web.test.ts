/** Scans at the board: from anywhere, in bursts, of what is elsewhere. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { cardIn, hasFocus, listed, look, numberOf } from './at-board.ts';
import { takeShift } from './browser.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('scans at the board', { deadlineMs: 150_000, shared: true });

/** As a scanner: keys right behind each other, by physical key, each code ended by Enter. */
const scan = (page: Page, ...codes: readonly string[]): Promise<void> =>
  page.evaluate(`(() => {
    const press = (key, code) => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
    };
    for (const text of ${JSON.stringify(codes)}) {
      for (const sign of text) {
        press(sign, /[0-9]/.test(sign) ? 'Digit' + sign : sign === '-' ? 'Minus' : 'Key' + sign.toUpperCase());
      }
      press('Enter', 'Enter');
    }
  })()`);

const cases: Cases = {
  async 'a scan selects its order whatever is filtered or focused, and none of a burst is lost'({ product, desks }) {
    const [login] = await product.addUsers('operator', { site: 'north' });
    const buyer = await newBuyer(product.url);
    const orders = [await approvedOrder(buyer), await approvedOrder(buyer)];
    const [first = '', second = ''] = await Promise.all(orders.map((order) => numberOf(buyer, order)));
    const page = await desks.page('scanner');
    await takeShift(page, product.url, login!);
    for (const order of orders) await cardIn(page, order).waitFor();

    await page.keyboard.press('Slash');
    await page.locator('#search:focus').waitFor();
    await page.locator('#search').fill('nothing is called so');
    await cardIn(page, orders[0]!).waitFor({ state: 'detached' });
    await scan(page, first);
    await until('the scanned card is selected', () => hasFocus(cardIn(page, orders[0]!)));
    assert.is(await page.locator('#search').inputValue(), '', 'what hid it is cleared');
    await scan(page, second); // from a card, with no field in focus
    await until('the next one', () => hasFocus(cardIn(page, orders[1]!)));
    assert.is(await page.locator('[data-list="mine"]').count(), 0, 'no letter or digit of a scan acts');
    await page.keyboard.press('Enter');
    await page.locator(`.drawer[data-order="${orders[1]!.id}"]`).waitFor();
    await page.keyboard.press('Escape');
    await until('back at the card', () => hasFocus(cardIn(page, orders[1]!)));

    const unknown = Array.from({ length: 9 }, (_, n) => `9-7000${n}`);
    await scan(page, ...unknown.flatMap((code) => [code, first]), second);
    const band = page.locator('[data-scans]');
    const sum = band.getByText('on this board');
    await sum.waitFor();
    // Those before it may have been in the same go.
    const [, all, here] = /(\d+) scans, (\d+) on/.exec((await sum.textContent()) ?? '') ?? [];
    assert.is(Number(all) - Number(here), 9);
    assert.ok(Number(all) >= 19);
    assert.is(await hasFocus(cardIn(page, orders[1]!)), true, 'the last of them is shown');
    await until('each is answered', async () => (await band.locator('[data-answer="asking"]').count()) === 0);
    await band.locator('summary').click();
    const told = (await band.textContent()) ?? '';
    for (const code of unknown) assert.match(told.replaceAll('‑', '-'), code);
    await look(desks, page, 'scans');
    assert.equal(desks.complaints, []);
  },

  async 'a scan gets through fields of choice, dialogs and the drawer; a letter acts on what it was pressed for'({
    product,
    desks,
  }) {
    const [login] = await product.addUsers('operator', { site: 'north' });
    const buyer = await newBuyer(product.url);
    const orders = [await approvedOrder(buyer), await approvedOrder(buyer)];
    const [one, two] = orders as [(typeof orders)[0], (typeof orders)[0]];
    const [first = '', second = ''] = await Promise.all(orders.map((order) => numberOf(buyer, order)));
    const page = await desks.page('through');
    await takeShift(page, product.url, login!);
    await Promise.all(orders.map((order) => cardIn(page, order).waitFor()));

    const sort = page.locator('.sort select');
    const sorted = await sort.inputValue();
    await sort.focus();
    await scan(page, first);
    await until('scanned from the choice of order', () => hasFocus(cardIn(page, one)));
    assert.is(await sort.inputValue(), sorted);
    await page.keyboard.press('Shift+Slash');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    await scan(page, second);
    await dialog.waitFor({ state: 'detached' });
    await until('scanned over a dialog', () => hasFocus(cardIn(page, two)));

    // Both at once, as by two hands: the arrow selects another card, the letter was pressed for this one.
    await page.evaluate(`for (const [key, code] of [['c', 'KeyC'], ['ArrowUp', 'ArrowUp'], ['ArrowUp', 'ArrowUp']])
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))`);
    await listed(page, two, 'mine').waitFor();
    await listed(page, one, 'new').waitFor();

    await cardIn(page, two).focus();
    await page.keyboard.press('Enter');
    const drawer = page.locator('.drawer');
    await drawer.locator('[data-event="captured"]').waitFor();
    await page.route(`**/api/orders/${one.id}/timeline`, (route) =>
      route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"code":"not_found"}' }),
    );
    await scan(page, first);
    await page.locator(`.drawer[data-order="${one.id}"]`).waitFor();
    assert.is(await drawer.locator('.drawer-head .no').textContent(), first, 'nothing of the former order is told');
    assert.is(await drawer.locator('[data-event]').count(), 0);
    await drawer.getByRole('status').waitFor();
    await page.unroute(`**/api/orders/${one.id}/timeline`);
    await drawer.locator('[data-event="approved"]').waitFor();
    assert.is(await drawer.getByRole('status').count(), 0);

    const key = drawer.locator('[data-action="capture"] .kbd');
    await until('the letter acts in the drawer', () => key.isVisible());
    await cardIn(page, two).focus();
    await until('it acts elsewhere', () => key.isHidden());

    const spaces = await page.evaluate(`(() => {
      const press = (type, key, code) =>
        document.activeElement.dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true }));
      const alone = press('keydown', ' ', 'Space') && press('keyup', ' ', 'Space');
      press('keydown', 'x', 'KeyX');
      return [alone, press('keydown', ' ', 'Space'), press('keyup', ' ', 'Space')];
    })()`);
    assert.equal(spaces, [true, false, false], 'a blank within a scan presses no button');
    const complaints = desks.complaints.splice(0);
    assert.equal(
      complaints.filter((told) => !told.includes(`${one.id}/timeline`)),
      [],
    );
  },

  async 'the scan of a colleague’s badge hands an order over to them'({ product, desks }) {
    const [one, two] = await product.addUsers('operator', { site: 'north', count: 2 });
    const order = await approvedOrder(await newBuyer(product.url));
    const giver = await desks.page('giver');
    const taker = await desks.page('taker');
    await takeShift(giver, product.url, one!);
    await takeShift(taker, product.url, two!);
    const badge = await taker.evaluate<string>("localStorage.getItem('andon.me')");
    await cardIn(giver, order).locator('[data-action="capture"]').click();
    await listed(giver, order, 'mine').waitFor();
    await cardIn(giver, order).focus();
    await giver.keyboard.press('KeyO');
    await cardIn(giver, order).locator(`form input[value="${badge}"]`).waitFor({ state: 'attached' });
    await scan(giver, badge);
    await listed(taker, order, 'offered').waitFor();
    await cardIn(taker, order).locator('[data-action="accept-hand-over"]').click();
    await listed(taker, order, 'mine').waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'what is not on this board says where it is, and opens all the same'({ product, desks }) {
    const [login] = await product.addUsers('operator', { site: 'north' });
    const buyer = await newBuyer(product.url);
    const order = await approvedOrder(buyer);
    const number = await numberOf(buyer, order);
    const page = await desks.page('finder');
    await takeShift(page, product.url, login!);
    await cardIn(page, order).waitFor();
    await buyer.order(order.id, 'request-cancel', { reason: 'changed-mind' });
    await cardIn(page, order).waitFor({ state: 'detached' });
    await page.locator('#search').fill(number);
    await page.keyboard.press('Enter');
    const band = page.locator('[data-scans]');
    await band.getByText('is not on this board: cancelled').waitFor();
    await band.getByRole('button', { name: `Open order ${number}` }).click();
    const drawer = page.locator('.drawer');
    await drawer.getByText('Timeline').waitFor();
    assert.is(await drawer.locator('li[aria-current="step"]').getAttribute('data-s'), 'none', 'a side exit');
    await look(desks, page, 'cancelled');
    assert.equal(desks.complaints, []);
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
