import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type Api, signIn } from '../_kit/api.ts';
import { binaryStl, box, ring } from '../_kit/solids.ts';
import { fits, orderModel, signUp } from './browser.ts';
import { type Cases, type Place, webSpec } from './web-spec.ts';

const test = webSpec('the console of sales', { deadlineMs: 150_000, shared: true });

/** Somebody of this role, signed in where everybody signs in: led to the page that is theirs. */
async function comeIn({ product, desks }: Place, role: string, dark = false): Promise<Page> {
  const page = await desks.page(role, { dark });
  const [user] = await product.addUsers(role);
  await page.goto(product.url);
  const form = page.getByRole('form', { name: 'Sign in' });
  await form.getByLabel('Login').fill(user!.login);
  await form.getByLabel('Password').fill(user!.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/console');
  await page.locator('[data-connection="live"]').waitFor();
  return page;
}

/** An operator who has started a shift and captured the order. */
async function capture({ product }: Place, order: string): Promise<Api> {
  const [login] = await product.addUsers('operator', { site: 'north' });
  const operator = await signIn(product.url, login!);
  await operator.post('/api/operators/me/start-shift', {}, { key: 'shift' });
  const { body } = await operator.get(`/api/orders/${order}`);
  const { status } = await operator.order(order, 'capture', { epoch: body.epoch });
  assert.is(status, 200);
  return operator;
}

const orderOf = (page: Page): string => page.url().split('/').at(-1)!;
const rows = (page: Page) => page.getByRole('list', { name: 'Orders listed' }).getByRole('link');
const button = (page: Page, name: string) => page.getByRole('article').getByRole('button', { name, exact: true });
const shown = (page: Page, status: string) => page.locator(`[data-status="${status}"]`).waitFor();

const cases: Cases = {
  async 'a price that failed is set by hand: the buyer sees it at once, and approves it'(place) {
    const { product, desks } = place;
    const buyer = await desks.page('buyer');
    await signUp(buyer, product.url, 'Jan');
    await orderModel(buyer, binaryStl(box().triangles.slice(0, -9)), 'open box.stl');
    await buyer.getByRole('heading', { name: 'A person checks the price' }).waitFor();

    const crm = await comeIn(place, 'crm', true);
    await rows(crm).first().click();
    await shown(crm, 'PRICE_FAILED');
    await crm.locator('.hero').getByText('the surface has holes').waitFor();
    await fits(desks, crm, 'crm-failed');
    const [download] = await Promise.all([
      crm.waitForEvent('download'),
      crm.getByRole('link', { name: 'Download open box.stl' }).click(),
    ]);
    assert.is(download.suggestedFilename(), 'open box.stl');

    await button(crm, 'Set price').click();
    const form = crm.getByRole('form', { name: 'Set price' });
    const amount = form.getByLabel('Amount in EUR');
    await amount.fill('1,249');
    await form.getByText('more decimals than this currency has').waitFor();
    await amount.fill('1 249,50');
    await form.getByLabel('Reason').selectOption('shape');
    await fits(desks, crm, 'crm-set-price');
    await form.getByRole('button', { name: 'Set price to €1,249.50' }).click();

    const approve = buyer.getByRole('button', { name: 'Approve for €1,249.50' });
    await approve.waitFor();
    await shown(crm, 'PRICE_CALCULATED');
    await crm.locator('.timeline').getByText('Price set by hand').waitFor();
    await approve.click();
    await shown(crm, 'MANUFACTURING_APPROVED');
    await crm.getByText('Nothing waits for sales.').waitFor();
    const number = (await crm.locator('.hero h2').textContent()) ?? '';
    await crm.getByRole('link', { name: 'Orders', exact: true }).click();
    await rows(crm).first().waitFor();
    assert.is(await rows(crm).count(), 1);
    for (const [group, begins] of [
      ['By number or reference', number],
      ['By buyer', 'jAN'],
      ['By model', 'Open b'],
    ] as const) {
      await rows(crm).first().or(crm.locator('.order-line').first()).focus();
      await crm.keyboard.press('/');
      await crm.keyboard.type(begins);
      const found = crm.getByRole('list', { name: group }).getByRole('link');
      await found.waitFor();
      assert.equal([await found.count(), (await found.locator('.no').textContent())?.trim()], [1, number], begins);
    }
    await fits(desks, crm, 'console-found');
    const search = crm.getByLabel('Search by number');
    await search.fill('jan ');
    await crm.getByRole('list', { name: 'By buyer' }).getByRole('link').waitFor();
    assert.is(await search.inputValue(), 'jan ', 'a pause between two words joins them not');
    await search.fill('9-');
    await crm.getByText('Nothing here.').waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'a cancellation of an order in hand is told at once; refused with a reason, the buyer is told it'(place) {
    const { product, desks } = place;
    const crm = await comeIn(place, 'crm');
    const buyer = await desks.page('buyer');
    await signUp(buyer, product.url, 'Kim');
    await orderModel(buyer, binaryStl(ring()), 'ring.stl');
    await buyer.getByRole('button', { name: /^Approve for/ }).click();
    await buyer.getByRole('heading', { name: 'Approved' }).waitFor();
    await capture(place, orderOf(buyer));
    await buyer.getByRole('button', { name: 'Ask to cancel' }).click();
    const ask = buyer.getByRole('form', { name: 'Ask to cancel' });
    await ask.getByLabel('Reason').selectOption('too-late');
    await ask.getByRole('button', { name: 'Ask to cancel' }).click();
    await buyer.getByText('The workshop answers until').waitFor();
    await fits(desks, buyer, 'shop-cancel-asked');

    const notice = crm.locator('[data-notice]');
    await notice.waitFor();
    await fits(desks, crm, 'crm-notice');
    await notice.getByRole('link').click();
    await crm.locator('[data-band="cancellation"]').getByText('Takes too long').waitFor();
    assert.is(await notice.count(), 0, 'looked at');
    await button(crm, 'Refuse the cancellation').click();
    const refuse = crm.getByRole('form', { name: 'Refuse the cancellation' });
    await refuse.getByLabel('Reason').selectOption('nearly-done');
    await fits(desks, crm, 'crm-refuse');
    await refuse.getByRole('button', { name: 'Refuse the cancellation' }).click();
    await buyer.getByText('The cancellation was refused').waitFor();
    await buyer.getByText('Nearly done. The order goes on.').waitFor();
    await buyer.getByRole('button', { name: 'Ask to cancel', expanded: false }).waitFor();

    await button(crm, 'Put on hold').click();
    const hold = crm.getByRole('form', { name: 'Put on hold' });
    await hold.getByLabel('Reason').selectOption('payment');
    await hold.getByRole('button', { name: 'Put on hold' }).click();
    await buyer.getByText('On hold since').waitFor();
    await buyer.getByText('Payment. The work rests until this is settled.').waitFor();
    await fits(desks, buyer, 'shop-hold');
    await button(crm, 'Cancel the order').click();
    const chosen = crm.getByRole('form', { name: 'Cancel the order' }).getByLabel('Reason');
    await chosen.selectOption('ordered-twice');
    await button(crm, 'Resume').click();
    await buyer.getByText('On hold since').waitFor({ state: 'detached' });
    await button(crm, 'Put on hold').waitFor();
    assert.is(await chosen.inputValue(), 'ordered-twice', 'another act leaves the form as it is');
    await crm.getByRole('form', { name: 'Cancel the order' }).getByRole('button', { name: 'Back' }).click();
    await fits(desks, crm, 'crm-open');
    assert.equal(desks.complaints, []);
  },

  async 'what was decided on an older version is not applied, but shown anew'(place) {
    const { product, desks } = place;
    const crm = await comeIn(place, 'crm');
    const buyer = await desks.page('buyer');
    await signUp(buyer, product.url, 'Leo');
    await orderModel(buyer, binaryStl(ring()), 'ring.stl');
    await buyer.getByRole('button', { name: /^Approve for/ }).waitFor();
    await crm.goto(`${product.url}/crm#/open/${orderOf(buyer)}`);
    await button(crm, 'Reject').click();
    const form = crm.getByRole('form', { name: 'Reject' });
    await buyer.getByRole('button', { name: /^Approve for/ }).click();
    await shown(crm, 'MANUFACTURING_APPROVED');
    await form.getByRole('button', { name: 'Reject' }).click();
    await crm.getByText('Somebody changed the order meanwhile').waitFor();
    await form.getByRole('button', { name: 'Reject' }).click();
    await buyer.getByText('We cannot make this order.').waitFor();
    await buyer.getByText('Reason: Can’t be made').or(buyer.getByText("Reason: Can't be made")).waitFor();
    const heard = desks.complaints.splice(0);
    assert.ok(heard.length === 1 && /412/.test(heard[0] ?? ''), 'the browser itself complains of the refused write');
  },

  async 'a carrier sees what is on its way and says when it is delivered; an engineer only looks'(place) {
    const { product, desks } = place;
    const carrier = await comeIn(place, 'carrier');
    const engineer = await comeIn(place, 'engineer');
    const buyer = await desks.page('buyer');
    await signUp(buyer, product.url, 'Mia');
    await orderModel(buyer, binaryStl(ring()), 'ring.stl');
    await buyer.getByRole('button', { name: /^Approve for/ }).click();
    await buyer.getByRole('heading', { name: 'Approved' }).waitFor();
    const order = orderOf(buyer);
    const operator = await capture(place, order);
    for (const type of ['start', 'complete']) assert.is((await operator.order(order, type, { epoch: 1 })).status, 200);
    const [packing] = await product.addUsers('packer', { site: 'north' });
    const packer = await signIn(product.url, packing!);
    assert.is((await packer.order(order, 'pack')).status, 200);
    assert.is((await packer.order(order, 'ship', { carrier: 'DHL', tracking: 'JD0001' })).status, 200);
    await buyer.getByText('JD0001').waitFor();
    await fits(desks, buyer, 'shop-shipped');

    await rows(carrier).first().click();
    await button(carrier, 'Delivered').waitFor();
    assert.is(await carrier.locator('[data-act]').count(), 1, 'nothing else is the carrier’s');
    await fits(desks, carrier, 'crm-carrier');
    await button(carrier, 'Delivered').click();
    await buyer.getByRole('heading', { name: 'Delivered' }).waitFor();
    await rows(engineer).first().click();
    await shown(engineer, 'DELIVERED');
    assert.is(await engineer.locator('[data-act]').count(), 0);
    await engineer.getByText('You look at this order').waitFor();
    assert.equal(desks.complaints, []);
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
