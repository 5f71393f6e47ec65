/** A session that ends while somebody works: nothing typed and nothing asked for is lost. */
import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { Login } from '../_kit/product.ts';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { cardIn, listed, look } from './at-board.ts';
import { signInAtBoard, takeShift } from './browser.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('a session that ends', { deadlineMs: 150_000, shared: true });

const cases: Cases = {
  async 'what was typed stays and goes out once the same person is back; somebody else gets a fresh page'(place) {
    const { product, desks } = place;
    const [login, other] = await product.addUsers('operator', { site: 'north', count: 2 });
    const order = await approvedOrder(await newBuyer(product.url));
    const page = await desks.page('leaver');
    await takeShift(page, product.url, login!);
    const card = cardIn(page, order);
    await card.locator('[data-action="capture"]').click();
    await listed(page, order, 'mine').waitFor();
    await card.focus();
    await page.keyboard.press('KeyP');
    await card.getByLabel('Machine down').check();
    await card.getByLabel('Note (optional)').fill('The belt is torn');

    await endSession(page, product.url);
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.waitFor();
    await page.keyboard.press('Escape');
    await look(desks, page, 'sign-in-again');
    assert.is(await card.getByLabel('Note (optional)').inputValue(), 'The belt is torn');
    await signIn(again, login!);
    await again.waitFor({ state: 'detached' });
    await page.locator('[data-connection="live"]').waitFor();
    assert.is(await card.getByLabel('Note (optional)').inputValue(), 'The belt is torn', 'nothing typed is lost');
    await card.locator('form').getByRole('button', { name: 'Hold' }).click();
    await card.getByText('Machine down, on hold').waitFor();

    // What is pressed in the very moment is asked again in the same name.
    await Promise.all([endSession(page, product.url), card.locator('[data-action="resume"]').click()]);
    await again.waitFor();
    await signIn(again, login!);
    await again.waitFor({ state: 'detached' });
    await card.locator('[data-action="start"]:not([aria-busy])').waitFor();

    await page.evaluate('window.stays = true');
    await endSession(page, product.url);
    await again.waitFor();
    const second = await page.context().newPage();
    await signInAtBoard(second, product.url, login!);
    await again.waitFor({ state: 'detached' });
    await page.locator('[data-connection="live"]').waitFor();
    assert.is(await page.evaluate('window.stays'), true, 'back in another window is back here');
    await second.close();

    await endSession(page, product.url);
    await again.waitFor();
    await signIn(again, other!);
    await page.getByRole('button', { name: 'Start shift' }).waitFor();
    assert.is(await page.evaluate('window.stays'), undefined, 'a page of their own');
    assert.is(await page.locator('[data-list="mine"]').count(), 0);
    assert.equal(
      desks.complaints.filter((one) => !/ 401 /.test(one)),
      [],
    );
  },
};

/** As by a sign-out elsewhere, of which this page hears only from the server. */
async function endSession(page: Page, url: string): Promise<void> {
  const { origin } = new URL(url);
  const answer = await page.context().request.delete(`${url}/api/session`, { headers: { origin } });
  assert.is(answer.status(), 200);
}

async function signIn(form: Locator, { login, password }: Login): Promise<void> {
  await form.getByLabel('Login').fill(login);
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button', { name: 'Sign in' }).click();
}

for (const [title, body] of Object.entries(cases)) test(title, body);
