/** A buyer's whole way on a telephone, by touch, from the account to the parcel; the others act over REST. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type Api, type Reply, signIn } from '../_kit/api.ts';
import { binaryStl, ring } from '../_kit/solids.ts';
import { operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { type Desks, overflow, PHONE, signUp, smallTargets } from './browser.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('a buyer on a telephone', { deadlineMs: 150_000 });

const status = (page: Page, words: string) => page.getByRole('heading', { level: 1, name: words }).waitFor();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function looksWell(desks: Desks, page: Page, name: string): Promise<void> {
  assert.is(await overflow(page), 0, `${name} is not wider than the telephone`);
  assert.equal(await smallTargets(page), [], name);
  await desks.shoot(page, `buyer-${name}`);
}

const done = ({ status: code, body }: Reply): Reply['body'] => {
  assert.ok(code < 300, `${code} ${JSON.stringify(body)}`);
  return body;
};

async function staff({ product }: Place, role: string, site?: string): Promise<Api> {
  const [login] = await product.addUsers(role, site === undefined ? {} : { site });
  return signIn(product.url, login!);
}

/** Chooses, sees what to expect, sends the model and gets its price. */
async function order({ product, desks }: Place, page: Page): Promise<string> {
  await signUp(page, product.url, 'Pia');
  for (const name of ['Silver 925', 'Polished', 'Express']) await page.getByRole('radio', { name }).tap();
  const quantity = page.getByRole('textbox', { name: 'Quantity' });
  await page.getByText('From 5 pieces on 5 % less each').waitFor();
  await quantity.fill('6');
  await quantity.blur();
  await page.getByText('5 % less each; from 20 on 12 %').waitFor();
  await page.locator('.pick').filter({ hasText: 'Express' }).getByText('+30 %').waitFor();
  await page.locator('.pick').filter({ hasText: 'Standard' }).getByText('included').waitFor();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'ring.stl', mimeType: 'model/stl', buffer: binaryStl(ring()) });
  await page.getByText('stored safely').waitFor();
  await page.getByText('about 5.21 g each').waitFor();
  await looksWell(desks, page, 'options');
  const before = page.url();
  await button(page, 'Get my price').tap();
  await page.waitForURL((url) => url.href !== before);
  await button(page, /^Approve for/).waitFor();
  await page.getByText('5 % off from this quantity').waitFor();
  await page.getByText('Ready by').waitFor();
  await looksWell(desks, page, 'priced');
  return page.url().split('/').at(-1) ?? '';
}

/** Opened and closed by touch alone; the picture has the colours of silver, not the greys that were sent. */
async function look({ desks }: Place, page: Page): Promise<void> {
  await button(page, 'View in 3D').tap();
  const view = page.getByRole('dialog');
  await view.locator('canvas').waitFor();
  for (const name of ['From the left', 'Nearer', 'As at first']) await view.getByRole('button', { name }).tap();
  await looksWell(desks, page, 'view');
  await view.getByRole('button', { name: 'Close' }).tap();
  await view.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'My orders' }).tap();
  const image = `document.querySelector('.order-row .thumb img')`;
  await until('the picture has the colours of its material', async () =>
    (await page.evaluate<string>(`getComputedStyle(${image}).filter`)).includes('#tint-ag'),
  );
  await looksWell(desks, page, 'list');
  await page.locator('.order-row').tap();
  await button(page, /^Approve for/).tap();
  await status(page, 'Approved');
  await page.locator('.eta-day').waitFor();
  await page.getByText('The workshop: somebody takes it').waitFor();
  await looksWell(desks, page, 'approved');
}

/** The workshop takes it; the buyer asks to cancel, and is told no, with the reason. */
async function cancel({ desks }: Place, page: Page, operator: Api, id: string): Promise<number> {
  const free = done(await operator.get(`/api/orders/${id}`));
  const { epoch } = done(await operator.order(id, 'capture', { epoch: free.epoch }));
  await page.getByText('Taken by the workshop', { exact: true }).first().waitFor();
  done(await operator.order(id, 'start', { epoch }));
  await status(page, 'In production');
  await page.getByText('The workshop works on it').waitFor();
  assert.is(await button(page, 'Change the settings').count(), 0);
  await button(page, 'Ask to cancel').tap();
  await page.getByLabel('Reason').selectOption('too-late');
  await button(page, 'Ask to cancel').tap();
  await page.getByText(/^Cancellation asked .*: Takes too long/).waitFor();
  assert.match((await page.getByRole('timer').textContent()) ?? '', / left$/);
  await looksWell(desks, page, 'cancel-asked');
  done(await operator.order(id, 'refuse-cancel', { reason: 'nearly-done' }));
  await page.getByText('Nearly done. The order goes on.').waitFor();
  await page.getByRole('timer').waitFor({ state: 'detached' });
  await looksWell(desks, page, 'cancel-refused');
  return epoch;
}

async function whole(place: Place): Promise<void> {
  const { product, desks } = place;
  const [operator] = await operators(product, 1);
  const packer = await staff(place, 'packer', 'north');
  const carrier = await staff(place, 'carrier');
  const page = await desks.page('buyer', { size: PHONE, touch: true });
  const id = await order(place, page);
  await look(place, page);
  const epoch = await cancel(place, page, operator!, id);

  await button(page, 'Share this order').tap();
  const guest = await desks.page('guest', { size: PHONE, touch: true, dark: true });
  await guest.goto(await page.getByLabel('Link to this order').inputValue());
  await status(guest, 'In production');
  assert.is(await button(guest, 'View in 3D').count(), 0, 'a guest may not have the model');
  await looksWell(desks, guest, 'guest');

  done(await operator!.order(id, 'complete', { epoch }));
  for (const one of [page, guest]) await status(one, 'Made');
  done(await packer.order(id, 'pack'));
  await page.getByText('The workshop packs it').waitFor();
  done(await packer.order(id, 'ship', { carrier: 'Parcels', tracking: 'PX-123456' }));
  await status(page, 'On its way');
  await page.getByText('PX-123456').waitFor();
  await page.getByText('The carrier brings it').waitFor();
  await looksWell(desks, page, 'shipped');
  done(await carrier.order(id, 'delivered'));
  for (const one of [page, guest]) await status(one, 'Delivered');
  await page.getByText('What happened').tap();
  for (const told of [
    'Price approved',
    'Production begun',
    'Cancellation refused',
    'Given to the carrier',
    'Delivered',
  ])
    await page.locator('.history').getByText(told, { exact: true }).first().waitFor();
  await looksWell(desks, page, 'delivered');
  assert.equal(
    desks.complaints.filter((one) => !/GPU stall|swiftshader|WebGL/i.test(one)),
    [],
  );
}

const title =
  'from the account to the parcel: choosing, price, 3D view, a refused cancellation and a guest who looks on';
test(title, whole);
