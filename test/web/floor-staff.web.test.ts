/** What those who work around the operators do through the same page: supervisor, quality, packer. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { approvedOrder, type Made, newBuyer } from '../_kit/story.ts';
import { cardIn, listed } from './at-board.ts';
import { takeShift } from './browser.ts';
import { choose, look, nameOf, send, staff } from './floor-steps.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('the floor', { product: { env: { ANDON_GRACE_MS: '3000' } }, deadlineMs: 150_000, shared: true });

const cases: Cases = {
  async 'a supervisor sets the priority, takes an order back with a reason, moves it, and changes people'(place) {
    const { product, desks } = place;
    const operator = await staff(place, 'operator');
    const boss = await staff(place, 'supervisor');
    const buyer = await newBuyer(product.url);
    const order = await approvedOrder(buyer);
    await cardIn(operator, order).locator('[data-action="capture"]').click();
    const card = cardIn(boss, order);
    await listed(boss, order, 'others').waitFor();

    await send(await choose(card, 'set-priority'), 'Priority', 'Rush');
    await cardIn(operator, order).getByText('Rush').waitFor();

    const form = await choose(card, 'release');
    await look(desks, boss, 'forced release', form);
    await form.getByRole('button', { name: 'Release', exact: true }).click();
    assert.is(await form.count(), 1, 'without a reason nothing is sent');
    await send(form, 'Release', 'Needed elsewhere');
    await listed(boss, order, 'new').waitFor();
    const told = operator.locator('[data-notice="released"]');
    await told.getByText(`Taken back by ${await nameOf(boss)}: needed elsewhere`).waitFor();

    await send(await choose(card, 'move'), 'Move', 'South print hall');
    await card.waitFor({ state: 'detached' });
    await cardIn(operator, order).waitFor({ state: 'detached' });
    assert.is((await buyer.get(`/api/orders/${order.id}`)).body.site, 'south');

    await boss.getByRole('button', { name: 'People' }).click();
    const name = await nameOf(operator);
    const entry = boss.getByRole('listitem').filter({ hasText: name });
    await entry.getByText('On shift').waitFor();
    await entry.getByRole('button', { name: `Change ${name}` }).click();
    await look(desks, boss, 'people', entry);
    await entry.getByLabel('Slots').fill('2');
    await entry.getByRole('button', { name: 'Set slots' }).click();
    await entry.getByText('0 of 2 slots').waitFor();
    await entry.getByLabel('Brass').uncheck();
    await entry.getByRole('button', { name: 'Set materials' }).click();
    await entry.getByText('Only Silver 925').waitFor();
    await entry.getByRole('button', { name: 'End shift' }).click();
    await entry.getByText('Off shift').waitFor();
    await boss.keyboard.press('Escape');
    await entry.waitFor({ state: 'detached' });
    assert.equal(desks.complaints, []);
  },

  async 'quality sends back what is not good, and the packer packs and ships what is'(place) {
    const { product, desks } = place;
    const operator = await staff(place, 'operator');
    const quality = await staff(place, 'quality');
    const packer = await staff(place, 'packer', { dark: true });
    const buyer = await newBuyer(product.url);
    const order = await approvedOrder(buyer);
    await make(operator, order);
    const judged = cardIn(quality, order);
    await judged.locator('[data-action="rework"]').click();
    await look(desks, quality, 'rework', judged);
    await send(judged.locator('form'), 'Rework', 'Surface flawed');
    await listed(operator, order, 'new').getByText('Raised').waitFor();

    await make(operator, order);
    const parcel = cardIn(packer, order);
    await parcel.locator('[data-action="pack"]').click();
    await parcel.locator('[data-action="ship"]').click();
    await look(desks, packer, 'ship', parcel);
    await send(parcel.locator('form'), 'Ship', ['Carrier', 'DHL'], ['Tracking number', 'JD0001']);
    await parcel.waitFor({ state: 'detached' });
    const { status, shipment } = (await buyer.get(`/api/orders/${order.id}`)).body;
    assert.is(status, 'SHIPPED');
    assert.is(shipment.tracking, 'JD0001');
    assert.equal(desks.complaints, []);
  },

  async 'what was begun by somebody who has gone is unattended, and stands apart'({ product, desks }) {
    const [login] = await product.addUsers('operator', { site: 'north' });
    const leaver = await desks.page('leaver');
    await takeShift(leaver, product.url, login!);
    const boss = await staff({ product, desks }, 'supervisor', { dark: true });
    const order = await approvedOrder(await newBuyer(product.url));
    for (const step of ['capture', 'start']) await cardIn(leaver, order).locator(`[data-action="${step}"]`).click();
    await listed(boss, order, 'others').waitFor();
    await leaver.close();
    await listed(boss, order, 'alone').getByText('no signal for').waitFor({ timeout: 60_000 });
    await boss.getByText('1 unattended').waitFor();
    await boss.keyboard.press('Shift+Digit1');
    await boss.locator(`[data-key="${order.id}"] > article:focus`).waitFor();
    await look(desks, boss, 'unattended', cardIn(boss, order));
    assert.equal(desks.complaints, []);
  },
};

async function make(page: Page, order: Made): Promise<void> {
  for (const step of ['capture', 'start', 'complete'])
    await cardIn(page, order).locator(`[data-action="${step}"]`).click();
  await listed(page, order, 'made').waitFor();
}

for (const [title, body] of Object.entries(cases)) test(title, body);
