import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { binaryStl, box, ring } from '../_kit/solids.ts';
import { fits, orderModel, signUp } from './browser.ts';
import { type Body, webSpec } from './web-spec.ts';

const test = webSpec('shop', { deadlineMs: 150_000 });
const hasty = webSpec('shop with prices of 4 s', {
  product: { env: { ANDON_PRICE_VALID_MS: '4000' } },
  deadlineMs: 150_000,
});

const approve = (page: Page) => page.getByRole('button', { name: /^Approve for/ });
const priceOf = async (page: Page): Promise<string> => (await page.locator('.price').textContent()) ?? '';
const status = (page: Page, words: string) => page.getByRole('heading', { level: 1, name: words }).waitFor();

const change: Body = async ({ product, desks }) => {
  const page = await desks.page('buyer');
  await signUp(page, product.url, 'Gil');
  await orderModel(page, binaryStl(ring()), 'ring.stl');
  await approve(page).waitFor();
  const first = await priceOf(page);
  await approve(page).click();
  await status(page, 'Approved');

  await page.getByRole('button', { name: 'Change the settings' }).click();
  const form = page.getByRole('form', { name: 'Change the settings' });
  await form.getByText(`your approval and the price of ${first} are void`).waitFor();
  assert.is(await form.getByRole('button', { name: 'Nothing changed yet' }).getAttribute('aria-disabled'), 'true');
  await form.getByRole('radio', { name: 'Brass' }).check();
  const quantity = form.getByRole('textbox', { name: 'Quantity' });
  await quantity.fill('99999');
  await quantity.blur();
  await form.getByText('Not 99,999: up to').waitFor();
  await quantity.fill('1');
  await form.getByRole('button', { name: 'One more' }).click();
  await fits(desks, page, 'shop-change');
  await form.getByRole('button', { name: 'Save the changes' }).click();
  await page.getByText('Price 2, holds until').waitFor();
  assert.is.not(await priceOf(page), first);
  await page.locator('dd').getByText('Brass').waitFor();

  await page.getByRole('button', { name: 'Send another model' }).click();
  const other = page.getByRole('form', { name: 'Send another model' });
  await other
    .locator('input[type=file]')
    .setInputFiles({ name: 'box.stl', mimeType: 'model/stl', buffer: binaryStl(box()) });
  await other.getByText('stored safely').waitFor();
  await fits(desks, page, 'shop-other-model');
  await other.getByRole('button', { name: 'Use this model' }).click();
  await page.getByText('Price 3, holds until').waitFor();
  assert.is(await page.locator('.hero').getByText('box.stl').count(), 1);

  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByRole('form', { name: 'Cancel the order' }).getByLabel('Reason').selectOption('ordered-twice');
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await status(page, 'Cancelled');
  await page.getByText('Reason: Ordered twice').waitFor();
  await page.getByText('What happened').click();
  for (const told of ['Order saved', 'Settings changed', 'Another model sent', 'Price approved', 'Cancelled'])
    await page.locator('.history').getByText(told, { exact: true }).first().waitFor();
  await fits(desks, page, 'shop-cancelled');
  assert.equal(desks.complaints, []);
};

const share: Body = async ({ product, desks }) => {
  const owner = await desks.page('owner');
  const guest = await desks.page('guest', { dark: true });
  await signUp(owner, product.url, 'Hal');
  await orderModel(owner, binaryStl(ring()), 'ring.stl');
  await approve(owner).waitFor();
  await owner.getByRole('button', { name: 'Share this order' }).click();
  const link = await owner.getByLabel('Link to this order').inputValue();
  await fits(desks, owner, 'shop-share');

  await guest.goto(link);
  await status(guest, 'Waits for approval');
  await guest.locator('[data-connection="live"]').waitFor();
  assert.is(await guest.locator('main button').count(), 0, 'a guest can press nothing');
  assert.is(await guest.locator('.thumb img').count(), 0, 'a guest has no session for the picture');
  await fits(desks, guest, 'shop-guest');
  await approve(owner).click();
  await status(guest, 'Approved');

  await owner.getByRole('button', { name: 'Stop sharing' }).click();
  await owner.getByText('No link shows this order any more.').waitFor();
  await guest.getByRole('heading', { name: 'This link shows nothing' }).waitFor();
  await guest.reload();
  await guest.getByRole('heading', { name: 'This link shows nothing' }).waitFor();
  await fits(desks, guest, 'shop-guest-gone');
  const refused = /404/; // the browser itself complains of the answer to the dead link
  assert.equal(
    desks.complaints.filter((complaint) => !refused.test(complaint)),
    [],
  );
};

const expiry: Body = async ({ product, desks }) => {
  const page = await desks.page('buyer');
  await signUp(page, product.url, 'Ida');
  await orderModel(page, binaryStl(ring()), 'ring.stl');
  await page.getByText('This price has expired').waitFor();
  assert.is(await approve(page).count(), 0);
  await fits(desks, page, 'shop-expired');
  await page.getByRole('button', { name: 'Get a new price' }).click();
  await page.getByText('Price 2, holds until').waitFor();
  await page.getByText('What happened').click();
  await page.locator('.history').getByText('Price expired').first().waitFor();
  assert.equal(desks.complaints, []);
};

const waiting: Body = async ({ product, desks }) => {
  const page = await desks.page('buyer');
  await signUp(page, product.url, 'Jo');
  await orderModel(page, binaryStl(ring()), 'ring.stl');
  await approve(page).waitFor();
  const { processes } = await product.status();
  const workers = processes.filter(({ type }) => type === 'worker');
  const all = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const { pid } of workers) process.kill(pid, signal);
  };
  assert.ok(workers.length > 0);
  all('SIGSTOP');
  try {
    await page.getByRole('link', { name: 'New order' }).click();
    await orderModel(page, binaryStl(box()), 'box.stl');
    await status(page, 'In the queue for a price');
    await page.locator('.price-wait').getByText('next').waitFor();
    await fits(desks, page, 'shop-waiting');
  } finally {
    all('SIGCONT');
  }
  await approve(page).waitFor();
  assert.is(await page.locator('.price-wait').count(), 0);
  assert.equal(desks.complaints, []);
};

const picture: Body = async ({ product, desks }) => {
  const page = await desks.page('buyer');
  await signUp(page, product.url, 'Kim');
  await orderModel(page, binaryStl(ring()), 'ring.stl');
  await approve(page).waitFor();
  await page.reload(); // the page that drew the file itself knows it no longer
  await page.locator('.hero .thumb img').waitFor();
  await fits(desks, page, 'shop-picture');
  await page.getByRole('link', { name: 'My orders' }).click();
  await page.locator('.order-row .thumb img').waitFor();
  await fits(desks, page, 'shop-list');
  const shown = `document.querySelector('.order-row .thumb img')`;
  assert.is(await page.evaluate<number>(`${shown}.decode().then(() => ${shown}.naturalWidth)`), 160);
  assert.equal(desks.complaints, []);
};

const cases: readonly [typeof test, string, Body][] = [
  [test, 'an approved order is changed: the price is void and a new one stands there; then it is cancelled', change],
  [test, 'a shared order is followed live by somebody without an account, until the link is taken back', share],
  [test, 'who waits for a price sees the place in the queue, until the price is there', waiting],
  [test, 'a model has its real picture at the order and in the list, also when the page comes anew', picture],
  [hasty, 'a price that has expired says so by itself and can only be asked for anew', expiry],
];
for (const [where, title, body] of cases) where(title, body);
