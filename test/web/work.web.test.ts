/** What an operator does at the board without a mouse: keys, the drawer. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { cardIn, hasFocus, listed, look } from './at-board.ts';
import { inDark, takeShift } from './browser.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('work at the board', { deadlineMs: 150_000, shared: true });

const cases: Cases = {
  async 'a whole shift is worked by keys alone, from the sign-in to what is made'({ product, desks }) {
    const [login] = await product.addUsers('operator', { site: 'north' });
    const order = await approvedOrder(await newBuyer(product.url));
    const page = await desks.page('keys');
    const { keyboard } = page;
    await page.goto(`${product.url}/board`);
    await page.getByLabel('Login').waitFor();
    await tabTo(page, 'login');
    await keyboard.type(login!.login, { delay: 1 });
    await keyboard.press('Tab');
    await keyboard.type(login!.password, { delay: 1 });
    await keyboard.press('Enter');
    await page.locator('[data-connection="live"]').waitFor();
    await tabTo(page, 'Start shift');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'End shift' }).waitFor();

    await listed(page, order, 'new').waitFor();
    await keyboard.press('KeyN');
    await page.locator(`[data-key="${order.id}"] > article:focus`).waitFor();
    await keyboard.press('KeyC');
    await listed(page, order, 'mine').waitFor();
    await keyboard.press('KeyS');
    const card = cardIn(page, order);
    await card.locator('[data-action="complete"]:not([aria-busy])').waitFor();
    await keyboard.press('KeyP');
    await page.locator('form input:focus').waitFor();
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await card.getByText('on hold for').waitFor();
    await until('the card has the focus again', () => hasFocus(card));
    await keyboard.press('KeyP');
    await card.locator('[data-action="complete"]:not([aria-busy])').waitFor();
    await keyboard.press('KeyD');
    await listed(page, order, 'made').waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'the drawer tells an order’s whole story while the board goes on, and acts on it'({ product, desks }) {
    const [one, two] = await product.addUsers('operator', { site: 'north', count: 2 });
    const buyer = await newBuyer(product.url);
    const order = await approvedOrder(buyer);
    const other = await approvedOrder(buyer);
    const page = await desks.page('drawer');
    await takeShift(page, product.url, one!);
    const second = await desks.page('beside', { dark: true });
    await takeShift(second, product.url, two!);
    await cardIn(page, order).getByRole('button', { name: 'Open order' }).click();
    const drawer = page.locator('.drawer');
    await drawer.getByText('Timeline').waitFor();
    await page.keyboard.press('KeyC');
    await drawer.locator('[data-event="captured"]').getByText('You').waitFor();
    await page.keyboard.press('KeyS');
    await drawer.locator('[data-event="manufacturing-started"]').waitFor();
    await page.keyboard.press('KeyP');
    await drawer.locator('form').getByLabel('Machine down').check();
    await page.keyboard.press('Enter');
    await drawer.locator('[data-event="held"]').waitFor();
    assert.is(await cardIn(page, order).locator('form').count(), 0);
    await drawer.locator('[data-action="resume"]').click();
    await drawer.locator('[data-event="resumed"]').waitFor();
    await buyer.order(order.id, 'request-cancel', { reason: 'ordered-twice' });
    await drawer.locator('[data-band="cancellation"]').getByText('asks to cancel').waitFor();
    await drawer.locator('[data-event="cancel-requested"]').waitFor();

    await cardIn(second, other).locator('[data-action="capture"]').click();
    await listed(page, other, 'others').waitFor();
    assert.is(await page.locator('.drawer').count(), 1, 'the board went on beside it');
    await look(desks, page, 'drawer');
    await inDark(page);
    await look(desks, page, 'drawer-dark');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await until('the card has the focus', () => hasFocus(cardIn(page, order)));
    assert.equal(desks.complaints, []);
  },

  async 'keys are listed, changed and switched off, and a sound tells once what is asked of me'({ product, desks }) {
    const [login] = await product.addUsers('operator', { site: 'north' });
    const buyer = await newBuyer(product.url);
    const order = await approvedOrder(buyer);
    const page = await desks.page('own keys');
    await page.addInitScript(`
      const start = OscillatorNode.prototype.start;
      window.beeps = 0;
      OscillatorNode.prototype.start = function (at) { window.beeps += 1; return start.call(this, at); };
    `);
    await takeShift(page, product.url, login!);
    await cardIn(page, order).focus();
    await page.keyboard.press('Shift+Slash');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    await look(desks, page, 'keys');
    await dialog.locator('[data-key-name="capture"]').click();
    await page.keyboard.press('KeyK');
    await dialog.getByRole('button', { name: 'K. Capture' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await cardIn(page, order).focus();
    await page.keyboard.press('KeyC');
    await page.keyboard.press('KeyK', { delay: 50 });
    await listed(page, order, 'mine').waitFor();

    await buyer.order(order.id, 'request-cancel', { reason: 'changed-mind' });
    await until('it sounds', async () => (await page.evaluate<number>('window.beeps')) === 2);
    await cardIn(page, order).locator('[data-band="cancellation"]').waitFor();

    await page.keyboard.press('Shift+Slash');
    await dialog.getByLabel('act as keys').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.locator('[data-connection="live"]').waitFor();
    await cardIn(page, order).focus();
    await page.keyboard.press('Slash');
    await page.keyboard.press('Enter');
    await page.locator('.drawer').waitFor();
    assert.is(await page.locator('#search:focus').count(), 0, 'signs do nothing any more, Enter does');
    assert.equal(desks.complaints, []);
  },
};

/** By Tab alone, as somebody without a mouse: until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 30; n++) {
    const called = await page.evaluate<string>(
      `(() => { const one = document.activeElement; return one === document.body ? '' : [one.getAttribute('name'), one.textContent].join(' ') })()`,
    );
    if (called.includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`nothing called ${name} can be reached by Tab`);
}

for (const [title, body] of Object.entries(cases)) test(title, body);
