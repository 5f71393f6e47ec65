/** What tests of the board look at and do there. */
import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import type { Made } from '../_kit/story.ts';
import { DESK, type Desks, overflow, PHONE, smallTargets } from './browser.ts';

/** The card of an order, wherever it stands. */
export const cardIn = (page: Page, { id }: Made): Locator => page.locator(`[data-key="${id}"] > article`);
export const listed = (page: Page, { id }: Made, list: string): Locator =>
  page.locator(`[data-key="${id}"] > article[data-list="${list}"]`);
export const hasFocus = (one: Locator): Promise<boolean> => one.evaluate((it) => it === it.ownerDocument.activeElement);
export const numberOf = async (api: Api, { id }: Made): Promise<string> =>
  (await api.get(`/api/orders/${id}`)).body.number;

/** Fits a telephone, a tablet and a desk. */
export async function look(desks: Desks, page: Page, what: string): Promise<void> {
  for (const size of [PHONE, { width: 1024, height: 768 }, DESK]) {
    await page.setViewportSize(size);
    assert.is(await overflow(page), 0, `${what} at ${size.width} is not wider than the window`);
    assert.equal(await smallTargets(page), [], `${what} at ${size.width}`);
    await desks.shoot(page, `work-${what}-${size.width}`);
  }
}
