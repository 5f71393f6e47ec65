import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { binaryStl, ring } from '../_kit/solids.ts';
import { until } from '../_kit/until.ts';
import { type Desks, fits, orderModel, signUp } from './browser.ts';
import { type Body, type Place, webSpec } from './web-spec.ts';

const test = webSpec('the view of a model', { deadlineMs: 150_000, shared: true });

const view = (page: Page) => page.getByRole('dialog');
const canvas = (page: Page) => view(page).locator('canvas');
const opener = (page: Page) => page.getByRole('button', { name: 'View in 3D' });

/** What is drawn, once no frame is asked for any more, as a hash; without the ring of the focus around it. */
async function seen(page: Page): Promise<string> {
  const box = (await canvas(page).boundingBox())!;
  const clip = { x: box.x + 10, y: box.y + 10, width: box.width - 20, height: box.height - 20 };
  return until('the picture stands still', async () => {
    const asked = await page.evaluate('window.framesAsked');
    const picture = await page.screenshot({ clip });
    const still = asked === (await page.evaluate('window.framesAsked'));
    return still ? createHash('sha256').update(picture).digest('hex') : '';
  });
}

async function atAnOrder({ product, desks }: Place, name: string, dark = false): Promise<Page> {
  const page = await desks.page(name, { dark });
  // How often the page asks to draw: whatever goes on for ever is found.
  await page.addInitScript(`{
    window.framesAsked = 0;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) => { window.framesAsked++; return ask(draw); };
  }`);
  await signUp(page, product.url, name);
  await orderModel(page, binaryStl(ring()), 'ring.stl');
  await page.getByRole('button', { name: /^Approve for/ }).waitFor();
  return page;
}

const looked: Body = async (place) => {
  const page = await atAnOrder(place, 'Lea');
  const { desks } = place;
  await opener(page).click();
  await view(page)
    .getByText(/ × .* mm/)
    .waitFor();
  const first = await seen(page);
  await desks.shoot(page, 'model-view-first');

  await view(page).getByRole('button', { name: 'From the right' }).click();
  const turned = await seen(page);
  assert.is.not(turned, first, 'a button turns it');
  await view(page).getByRole('application').focus();
  await page.keyboard.press('ArrowLeft');
  assert.is.not(await seen(page), turned, 'a key turns it back');
  await page.keyboard.press('+');
  const near = await seen(page);
  assert.is.not(near, first, 'a key brings it nearer');
  await page.keyboard.press('0');
  const again = await seen(page);
  const box = (await canvas(page).boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.wheel(0, -200);
  assert.is.not(await seen(page), again, 'the wheel brings it nearer');
  await view(page).getByRole('button', { name: 'As at first' }).click();
  assert.is(await seen(page), again, 'a button puts it as it was');
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 260, box.y + 240);
  await page.mouse.up();
  assert.is.not(await seen(page), again, 'the mouse turns it');

  const asked = await page.evaluate<number>('window.framesAsked');
  await page.evaluate('new Promise((done) => setTimeout(done, 300))');
  assert.is(await page.evaluate<number>('window.framesAsked'), asked, 'nothing is drawn while nothing changes');

  await fits(desks, page, 'model-view');
  const light = await seen(page);
  // A reader's change of the system's colours does not count here, the page's own switch does.
  await page.evaluate(`document.querySelector('header.top [aria-label="Light or dark theme"]').click()`);
  assert.is.not(await seen(page), light, 'its colours are those of the theme');
  await fits(desks, page, 'model-view-dark');

  await page.keyboard.press('Escape');
  await view(page).waitFor({ state: 'detached' });
  assert.is(await page.evaluate('document.activeElement.textContent'), 'View in 3D', 'the focus is back');
  assert.equal(complaintsIn(desks), []);
};

const own: Body = async ({ product, desks }) => {
  const page = await desks.page('own');
  await signUp(page, product.url, 'Mia');
  await page.route('**/api/models', () => undefined); // the upload never ends
  const file = { name: 'own.stl', mimeType: 'model/stl', buffer: binaryStl(ring()) };
  await page.locator('input[type=file]').setInputFiles(file);
  await opener(page).click();
  await view(page).getByRole('heading', { name: 'own.stl' }).waitFor();
  await canvas(page).waitFor();
  await view(page).getByRole('button', { name: 'Close' }).click();
  await view(page).waitFor({ state: 'detached' });
  assert.equal(complaintsIn(desks), []);
};

const flat: Body = async (place) => {
  const page = await atAnOrder(place, 'Nina');
  await page.evaluate(`{
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind === 'webgl2' ? null : get.call(this, kind, ...more);
    };
  }`);
  await opener(page).click();
  await view(page).getByText('This browser draws nothing in three dimensions').waitFor();
  await view(page).locator('.thumb img').waitFor();
  await fits(place.desks, page, 'model-view-flat');
  assert.equal(complaintsIn(place.desks), []);
};

const failed: Body = async (place) => {
  const page = await atAnOrder(place, 'Olga');
  await page.context().route('**/api/models/*/file', (route) => route.fulfill({ status: 503, body: '' }));
  await opener(page).click();
  await view(page).getByText('The model could not be loaded.').waitFor();
  await fits(place.desks, page, 'model-view-failed');
  await page.context().unroute('**/api/models/*/file');
  await view(page).getByRole('button', { name: 'Try again' }).click();
  await canvas(page).waitFor();
};

/** A machine without a graphics card says so on the console; and the answer that was refused. */
const complaintsIn = ({ complaints }: Desks): string[] =>
  complaints.filter((one) => !/GPU stall|swiftshader|WebGL/i.test(one));

const cases: readonly [string, Body][] = [
  [
    'a model is turned and zoomed by buttons, keys, wheel and mouse, rests in between, and gives the focus back',
    looked,
  ],
  ['a file is looked at before it has gone up', own],
  ['without WebGL it says so and shows the picture', flat],
  ['a model that does not come is told of and can be asked for again', failed],
];
for (const [title, body] of cases) test(title, body);
