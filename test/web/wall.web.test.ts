import * as assert from 'uvu/assert';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { Cable, inDark, overflow, takeShift } from './browser.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('the wall of a floor', { deadlineMs: 120_000 });

async function live({ product, desks }: Place): Promise<void> {
  const [boss] = await product.addUsers('supervisor', { site: 'north' });
  const [anna] = await product.addUsers('operator', { site: 'north' });
  const wall = await desks.page('wall', { size: { width: 1920, height: 1080 } });
  const cable = await Cable.through(wall);
  await wall.goto(`${product.url}/wall`);
  await wall.getByLabel('Login').fill(boss!.login);
  await wall.getByLabel('Password').fill(boss!.password);
  await wall.getByRole('button', { name: 'Sign in' }).click();
  await wall.locator('[data-lane="new"] .big', { hasText: /^0$/ }).waitFor();
  const buyer = await newBuyer(product.url);
  for (let n = 0; n < 3; n++) await approvedOrder(buyer);
  await wall.locator('[data-lane="new"] .big', { hasText: /^3$/ }).waitFor();
  const board = await desks.page('board');
  await takeShift(board, product.url, anna!);
  await board.locator('[data-action="capture"]').first().click();
  await wall.locator('[data-lane="in_work"] .big', { hasText: /^1$/ }).waitFor();
  await wall.getByRole('img', { name: /^1 of \d+ slots$/ }).waitFor();
  for (const size of [
    { width: 320, height: 700 },
    { width: 1024, height: 768 },
    { width: 1920, height: 1080 },
  ]) {
    await wall.setViewportSize(size);
    assert.is(await overflow(wall), 0, `at ${size.width}`);
    await desks.shoot(wall, `wall-${size.width}`);
  }
  await inDark(wall);
  await cable.cut();
  await wall.getByText('No connection since').waitFor();
  await desks.shoot(wall, 'wall-cut');
  cable.mend();
  await wall.locator('[data-connection="live"]').waitFor();
}

const LIVE = 'it counts what is on the floor, shows who is there, and says when it may be old';
test(LIVE, live);
