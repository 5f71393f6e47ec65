/** What tests of the floor do at a board as people do it: by its buttons and forms. */
import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { DESK, type Desks, overflow, PHONE, signInAtBoard, smallTargets, takeShift } from './browser.ts';
import type { Place } from './web-spec.ts';

/** Opens what more there is and chooses one; resolves with its form. */
export async function choose(card: Locator, action: string): Promise<Locator> {
  await card.getByRole('button', { name: 'More for order' }).click();
  await card.locator(`.card-panel [data-action="${action}"]`).click();
  return card.locator('form');
}

/** Fills a form by its labels: a choice is checked, a field is filled; sends it by its button. */
export async function send(form: Locator, button: string, ...said: readonly (string | readonly [string, string])[]) {
  for (const one of said) {
    if (typeof one === 'string') await form.getByLabel(one).check();
    else await form.getByLabel(one[0]).fill(one[1]);
  }
  await form.getByRole('button', { name: button, exact: true }).click();
}

export const staff = async (
  { product, desks }: Place,
  role: string,
  { limit, ...options }: { dark?: boolean; limit?: number } = {},
): Promise<Page> => {
  const [login] = await product.addUsers(role, { site: 'north', ...(limit === undefined ? {} : { limit }) });
  const page = await desks.page(role, options);
  if (role === 'operator') await takeShift(page, product.url, login!);
  else await signInAtBoard(page, product.url, login!);
  return page;
};

export const nameOf = async (page: Page): Promise<string> => {
  const label = await page.getByRole('button', { name: 'Sign out' }).getAttribute('aria-label');
  return label?.replace(/\. Sign out$/, '') ?? '';
};

/** Fits a telephone and a desk. */
export async function look(desks: Desks, page: Page, what: string, where: Locator): Promise<void> {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await where.scrollIntoViewIfNeeded();
    assert.is(await overflow(page), 0, `${what} at ${size.width} is not wider than the window`);
    assert.equal(await smallTargets(page), [], `${what} at ${size.width}`);
    await desks.shoot(page, `floor-${what.replaceAll(/\W+/g, '-')}-${size.width}`);
  }
}
