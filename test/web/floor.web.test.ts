/** What operators do with an order through their page. */
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { approvedOrder, type Made, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { cardIn, listed } from './at-board.ts';
import { DESK, overflow, PHONE, smallTargets } from './browser.ts';
import { choose, look, nameOf, send, staff } from './floor-steps.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('operators', { deadlineMs: 150_000, shared: true });

const cases: Cases = {
  async 'what cannot be loaded is told, and comes when it is tried again; a refusal is told all the same'(place) {
    const page = await staff(place, 'operator', { limit: 1 });
    const buyer = await newBuyer(place.product.url);
    const [mine, more] = [await approvedOrder(buyer), await approvedOrder(buyer)];
    const missing = /\/assets\/(drawer|refusal-band)-[^/]*\.js$/;
    await page.route(missing, (route) => route.abort());

    await cardIn(page, mine).locator('[data-action="capture"]').click();
    await listed(page, mine, 'mine').waitFor();
    const refused = cardIn(page, more).locator('[title="wip_limit"]');
    for (const time of ['the first time', 'again']) {
      await cardIn(page, more).locator('[data-action="capture"]').click();
      await refused.waitFor();
      assert.match(await refused.textContent().then(String), /did not work/, time);
      await refused.getByRole('button', { name: 'Dismiss' }).click();
      await refused.waitFor({ state: 'detached' });
    }

    await cardIn(page, mine).focus();
    await page.keyboard.press('Enter');
    const told = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await told.waitFor();
    for (const size of [PHONE, DESK]) {
      await page.setViewportSize(size);
      assert.is(await overflow(page), 0);
      assert.equal(await smallTargets(page), []);
      await place.desks.shoot(page, `floor-not-loaded-${size.width}`);
    }
    await page.unroute(missing);
    await told.getByRole('button', { name: 'Try again' }).click();
    // Where the browser remembers the failure all is loaded anew, and the order is to be opened again.
    await until('the drawer comes', async () => {
      if (await page.locator('.drawer').isVisible()) return true;
      if ((await told.count()) === 0) {
        await cardIn(page, mine)
          .focus({ timeout: 2_000 })
          .catch(() => undefined);
        await page.keyboard.press('Enter');
      }
      return false;
    });
    assert.is(await told.count(), 0);
    place.desks.complaints.length = 0; // what cannot be loaded is told on the console
  },

  async 'a click meets what it was aimed at, on a card that was not the current one too'(place) {
    const page = await staff(place, 'operator');
    const orders = [
      await approvedOrder(await newBuyer(place.product.url)),
      await approvedOrder(await newBuyer(place.product.url)),
    ];
    for (const order of orders) {
      await cardIn(page, order).locator('[data-action="capture"]').click();
      await listed(page, order, 'mine').waitFor();
      await cardIn(page, order).locator('[data-action="start"]').click();
      await cardIn(page, order).locator('[data-action="complete"]').waitFor();
    }
    for (const order of [...orders, ...orders]) {
      const card = cardIn(page, order);
      await card.getByRole('button', { name: 'More for order' }).click();
      await card.locator('.card-panel').waitFor();
    }
    for (const order of orders) {
      await cardIn(page, order).locator('[data-action="release"]').first().click();
      await listed(page, order, 'mine').waitFor({ state: 'detached' });
    }
  },

  async 'what is on hold says why and is resumed; what is handed over is accepted by the other, and the first is told'(
    place,
  ) {
    const { product, desks } = place;
    const first = await staff(place, 'operator');
    const second = await staff(place, 'operator', { dark: true });
    const order = await approvedOrder(await newBuyer(product.url));
    const card = cardIn(first, order);
    await card.locator('[data-action="capture"]').click();
    await listed(first, order, 'mine').waitFor();

    const form = await choose(card, 'hold');
    await look(desks, first, 'hold form', form);
    await send(form, 'Hold', 'Machine down', ['Note (optional)', 'The printer is being mended']);
    await card.getByText('Machine down, on hold').waitFor();
    await cardIn(second, order).getByText('Machine down, on hold').waitFor();
    assert.is(await card.locator('[data-action="start"]').count(), 0, 'nobody can start it now');
    await card.locator('[data-action="resume"]').click();
    await card.locator('[data-action="start"]').waitFor();

    const name = await nameOf(second);
    await first.keyboard.press('KeyO');
    await send(card.locator('form'), 'Hand over', name);
    await card.getByText(`Offered to ${name}`).waitFor();
    const notice = second.locator('[data-notice="hand_over"]');
    await notice.getByText('offers you order').waitFor();
    await listed(second, order, 'offered').waitFor();
    await look(desks, second, 'offered', cardIn(second, order));
    await notice.getByRole('button', { name: 'Show order' }).click();
    assert.is(await cardIn(second, order).evaluate((one) => one === one.ownerDocument.activeElement), true);
    await cardIn(second, order).locator('[data-action="accept-hand-over"]').click();
    await listed(second, order, 'mine').waitFor();
    await listed(first, order, 'others').waitFor();
    await first.locator('[data-notice="released"]').getByText(`${name} took it over`).waitFor();
    assert.is(await notice.count(), 0, 'an offer that was accepted is over');
    await desks.shoot(first, 'handed-over');
    assert.equal(desks.complaints, []);
  },

  async 'a cancellation that is asked stands on the holder’s card until it is answered'(place) {
    const { product, desks } = place;
    const operator = await staff(place, 'operator');
    const boss = await staff(place, 'supervisor');
    const buyer = await newBuyer(product.url);
    const orders = [await approvedOrder(buyer), await approvedOrder(buyer)] as const;
    for (const order of orders) {
      await cardIn(operator, order).locator('[data-action="capture"]').click();
      await listed(operator, order, 'mine').waitFor();
      await ask(buyer, order);
    }
    const [kept, dropped] = orders;
    const band = cardIn(operator, kept).locator('[data-band="cancellation"]');
    await band.getByText(/Answer within \d+ min|Answer within \d+:\d\d/).waitFor();
    await operator.getByRole('alert').getByText('asks to cancel').waitFor({ state: 'attached' });
    await operator.locator('[data-notice="cancel_requested"]').first().waitFor();
    await look(desks, operator, 'cancellation', band);
    const seen = cardIn(boss, kept).locator('[data-band="cancellation"]');
    await seen.waitFor();
    assert.is(await seen.getByRole('button').count(), 0, 'only its holder answers on the floor');

    await band.getByRole('button', { name: 'Refuse' }).click();
    await send(cardIn(operator, kept).locator('form'), 'Refuse', 'Nearly done');
    await band.waitFor({ state: 'detached' });
    await listed(operator, kept, 'mine').waitFor();

    await cardIn(operator, dropped).locator('[data-action="accept-cancel"]').click();
    await cardIn(operator, dropped).waitFor({ state: 'detached' });
    assert.is((await buyer.get(`/api/orders/${dropped.id}`)).body.status, 'CANCELLED');
    await operator.locator('[data-notice="cancel_requested"]').waitFor({ state: 'detached' });
    assert.equal(desks.complaints, []);
  },

  async 'Esc closes what was opened and gives the focus back; what came too late is refused in words'(place) {
    const { product, desks } = place;
    const operator = await staff(place, 'operator', { limit: 1 });
    const boss = await staff(place, 'supervisor');
    const buyer = await newBuyer(product.url);
    const order = await approvedOrder(buyer);
    const card = cardIn(operator, order);
    await card.locator('[data-action="capture"]').click();
    await listed(operator, order, 'mine').waitFor();
    await card.focus();
    await operator.keyboard.press('KeyP');
    await card.getByLabel('Machine down').focus();
    await operator.keyboard.press('Escape');
    assert.is(await card.locator('form').count(), 0);
    assert.is(await card.evaluate((one) => one === one.ownerDocument.activeElement), true, 'the card has the focus');

    // What I look at is taken from under my hands: its form is gone, the place tells what came of it.
    await listed(boss, order, 'others').waitFor();
    const form = await choose(cardIn(boss, order), 'release');
    await card.locator('[data-action="release"]').click();
    await form.waitFor({ state: 'detached' });
    const left = boss.locator('article[data-taken]');
    await left.getByText('It is free again').waitFor();
    await left.getByRole('button', { name: 'Show order' }).click();
    assert.is(await listed(boss, order, 'new').evaluate((one) => one === one.ownerDocument.activeElement), true);

    const second = await approvedOrder(buyer);
    await cardIn(operator, second).waitFor();
    await operator.evaluate('document.activeElement.blur()');
    await operator.keyboard.press('KeyN');
    await operator.locator('[data-lane="new"] article:focus').waitFor();
    for (const one of [order, second]) await cardIn(operator, one).locator('[data-action="capture"]').click();
    const news = cardIn(operator, second).locator('[title="wip_limit"]');
    await news.getByText('Your only slot is full').waitFor();
    await news.getByRole('button', { name: 'the one you hold longest' }).click();
    assert.is(await listed(operator, order, 'mine').evaluate((one) => one === one.ownerDocument.activeElement), true);
    await desks.shoot(operator, 'floor-refused');
    assert.equal(desks.complaints, []);
  },
};

async function ask(buyer: Api, { id }: Made): Promise<void> {
  const { status, body } = await buyer.order(id, 'request-cancel', { reason: 'changed-mind' });
  assert.is(status, 200, JSON.stringify(body));
}

for (const [title, body] of Object.entries(cases)) test(title, body);
