/** What a buyer sees, and a guest. */
import type { Product } from '../_kit/product.ts';
import { binaryStl, ring } from '../_kit/solids.ts';
import type { Language, Walk } from './walk.ts';

const MODEL = 'A ring with a long name, engraved inside and outside, in size 17 and a half.stl';

export async function shopStates(walk: Walk, { url }: Product): Promise<void> {
  await walk.open('buyer');
  await walk.state('shop, welcome', async (page) => {
    await page.goto(url);
    await page.locator('input[name=contact]').waitFor();
  });
  await walk.state('shop, wrong password', async (page) => {
    await page.locator('input[name=login]').first().fill('nobody');
    await page.locator('input[name=password]').first().fill('not a password of anybody');
    await page.locator('form button[type=submit]').first().click();
    await page.locator('[role=alert][data-s=stop]').waitFor();
  });
  await walk.state('shop, new order', async (page, language) => {
    const form = page.locator('form').filter({ has: page.locator('input[name=contact]') });
    await form.locator('input[name=name]').fill('Bea');
    await form.locator('input[name=contact]').fill('bea@example.org');
    await form.locator('input[name=login]').fill(`bea-${language}-${Date.now().toString(36)}`);
    await form.locator('input[name=password]').fill('a long enough password');
    await form.locator('button[type=submit]').click();
    await page.locator('.picks').first().waitFor();
  });
  await walk.state('shop, model sent', async (page) => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: MODEL, mimeType: 'model/stl', buffer: Buffer.from(binaryStl(ring())) });
    await page.locator('aside.quote .primary').waitFor();
  });
  await walk.state('shop, priced', async (page) => {
    await page.locator('aside.quote .primary').click();
    await page.locator('.price').waitFor();
  });
  await walk.state('shop, model in 3D', async (page) => {
    await page.locator('.view-3d').click();
    await page.locator('dialog.model-view canvas').waitFor();
  });
  await walk.silently(async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('dialog.model-view').waitFor({ state: 'detached' });
  });
  await walk.state('shop, cancelling', async (page) => page.locator('.cancel button').click());
  await walk.state('shop, changing', async (page) => page.locator('.change button').first().click());
  await walk.state('shop, shared and its story', async (page) => {
    await page.locator('form.panel button[type=button].quiet').first().click();
    await page.locator('.share button').first().click();
    await page.locator('.share-link').waitFor();
    await page.locator('.history summary').click();
  });
  const links = new Map<Language, string>();
  await walk.silently(async (page, language) =>
    links.set(language, await page.locator('.share-link input').inputValue()),
  );
  await walk.state('shop, approved', async (page) => {
    await page.locator('.quote .primary').click();
    await page.locator('.cord, .steps').first().waitFor();
  });
  await walk.state('shop, list', async (page) => {
    await page.locator('header a[href="#/orders"]').first().click();
    await page.locator('.order-row').waitFor();
  });
  await walk.state('shop, guest', async (page, language) => {
    await page.goto('about:blank');
    await page.goto(links.get(language) ?? '');
    await page.locator('.hero').waitFor();
  });
}
