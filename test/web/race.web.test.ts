import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { binaryStl, ring } from '../_kit/solids.ts';
import { orderModel, signUp, takeShift } from './browser.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('one order, two people, one board', { product: { nodes: 3 }, deadlineMs: 180_000, shared: true });

const story = async ({ product, desks }: Place): Promise<void> => {
  const [first = product.url, second = product.url] = product.nodes;
  const operators = await product.addUsers('operator', { site: 'north', count: 2 });
  const buyer = await desks.page('buyer');
  const left = await desks.page('left');
  const right = await desks.page('right', { dark: true });
  await Promise.all([takeShift(left, first, operators[0]!), takeShift(right, second, operators[1]!)]);

  await signUp(buyer, product.url, 'Bea');
  await orderModel(buyer, binaryStl(ring()), 'Signet ring 17.stl');
  const approve = buyer.getByRole('button', { name: 'Approve for €' });
  await approve.waitFor();
  await desks.shoot(buyer, '1-priced');
  assert.match(await textOf(buyer.locator('.quote')), /Price 1, holds until/);
  await approve.click();
  await buyer.getByRole('heading', { name: 'Approved' }).waitFor();

  const buttons = await Promise.all([left, right].map((page) => captureButton(page)));
  await desks.shoot(left, '2-new');
  await Promise.all(buttons.map((button) => button.evaluate((element: { click(): void }) => element.click())));

  const [winner, loser] = await outcome(left, right);
  await desks.shoot(winner, '3-won');
  await desks.shoot(loser, '3-lost');
  const name = await nameOf(winner);
  const told = loser.locator('article').getByText(`${name} took it`);
  await told.waitFor();
  assert.match(await textOf(told), / earlier$/);
  assert.is(await loser.locator('article[data-taken]').count(), 1, 'the place is kept');
  assert.match(await textOf(loser.locator('[data-list="others"]')), new RegExp(name), 'the board says who holds it');

  await winner.getByRole('button', { name: 'Start', exact: true }).click();
  await buyer.getByRole('heading', { name: 'In production' }).waitFor();
  await desks.shoot(buyer, '4-in-production');
  await winner.getByRole('button', { name: 'Complete' }).click();
  await buyer.getByRole('heading', { name: 'Made' }).waitFor();
  await desks.shoot(buyer, '5-made');
  for (const page of [winner, loser]) await page.locator('[data-lane="made"] article').waitFor();
  await desks.shoot(winner, '5-board');
  assert.is(await loser.getByText('0/5').count(), 1, 'the slots of the loser are as they were');
  assert.equal(desks.complaints, []);
};

const textOf = async (where: Locator): Promise<string> => (await where.textContent()) ?? '';

const captureButton = async (page: Page) => {
  const button = page.locator('[data-lane="new"] [data-action="capture"]');
  await button.waitFor();
  return (await button.elementHandle())!;
};

/** Winner first. */
async function outcome(left: Page, right: Page): Promise<[Page, Page]> {
  const won = (page: Page) => page.locator('article[data-list="mine"]').waitFor();
  const winner = await Promise.race([won(left).then(() => left), won(right).then(() => right)]);
  return winner === left ? [left, right] : [right, left];
}

const nameOf = async (page: Page): Promise<string> => {
  const label = await page.getByRole('button', { name: 'Sign out' }).getAttribute('aria-label');
  return label?.replace(/\. Sign out$/, '') ?? '';
};

const TITLE =
  'a buyer’s order is captured by exactly one of two, the other is told by whom, and the buyer sees it made';
test(TITLE, story);
