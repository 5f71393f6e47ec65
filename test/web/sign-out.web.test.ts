/** Who signs out while something waits to be sent is told, and loses nothing unknowingly. */
import * as assert from 'uvu/assert';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { cardIn, listed, look } from './at-board.ts';
import { Cable, takeShift } from './browser.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('signing out', { deadlineMs: 120_000 });

async function asks({ product, desks }: Place): Promise<void> {
  const [login] = await product.addUsers('operator', { site: 'north' });
  const order = await approvedOrder(await newBuyer(product.url));
  const page = await desks.page('operator');
  const cable = await Cable.through(page);
  await takeShift(page, product.url, login!);
  await cardIn(page, order).locator('[data-action="capture"]').click();
  await listed(page, order, 'mine').waitFor();

  await cable.cut();
  await cardIn(page, order).locator('[data-action="start"]').click();
  const leave = page.getByRole('button', { name: 'Sign out' });
  const dialog = page.getByRole('dialog', { name: 'Sign out?' });
  await leave.click();
  await dialog.getByText('1 action has not been sent yet').waitFor();
  await look(desks, page, 'sign-out');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await leave.click();
  cable.mend();
  await dialog.getByText('Everything you did has been sent').waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await dialog.waitFor({ state: 'detached' });
  await cardIn(page, order).locator('[data-action="complete"]').waitFor();

  // With nothing on its way there is nothing to ask.
  await leave.click();
  await page.getByLabel('Login').waitFor();
  assert.is(await dialog.count(), 0);
}

test('is asked about while an action waits, and not once it is sent', asks);
