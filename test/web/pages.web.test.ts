import * as assert from 'uvu/assert';
import type { Timeline } from '../../gateways/contract/timeline.ts';
import { binaryStl, box, ring } from '../_kit/solids.ts';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { Cable, fits, orderModel, signUp, takeShift } from './browser.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('pages', { deadlineMs: 150_000 });

const cases: Cases = {
  async 'every page fits its window and can be pressed, on a telephone and at a desk'({ product, desks }) {
    const shop = await desks.page('shop');
    const board = await desks.page('board', { dark: true });
    await shop.goto(product.url);
    await fits(desks, shop, 'welcome');
    await signUp(shop, product.url, 'Ben');
    await fits(desks, shop, 'new order');
    await orderModel(shop, binaryStl(ring()), 'A ring with a long name, engraved inside and outside, size 17.stl');
    await shop.getByRole('button', { name: 'Approve for' }).waitFor();
    await fits(desks, shop, 'price');
    const [operator] = await product.addUsers('operator', { site: 'north' });
    await takeShift(board, product.url, operator!);
    await shop.getByRole('button', { name: 'Approve for' }).click();
    await board.locator('[data-lane="new"] article').waitFor();
    await fits(desks, board, 'board, new');
    await board.locator('[data-action="capture"]').click();
    await board.locator('[data-list="mine"]').waitFor();
    await fits(desks, board, 'board, mine');
    await fits(desks, shop, 'in work');
    await shop.getByRole('link', { name: 'My orders' }).click();
    await shop.locator('.order-row').getByText('Approved').waitFor();
    await fits(desks, shop, 'list');
    assert.equal(desks.complaints, []);
  },

  async 'capture, start and done go by keys alone, and the focus stays with the card'({ product, desks }) {
    const shop = await desks.page('shop');
    const board = await desks.page('board');
    const [operator] = await product.addUsers('operator', { site: 'north' });
    await takeShift(board, product.url, operator!);
    await signUp(shop, product.url, 'Cleo');
    await orderModel(shop, binaryStl(box()), 'box.stl');
    await shop.getByRole('button', { name: 'Approve for' }).click();
    await board.locator('[data-lane="new"] article').waitFor();
    await board.keyboard.press('ArrowDown');
    for (const [key, list] of [
      ['KeyC', 'mine'],
      ['KeyR', 'new'],
      ['KeyC', 'mine'],
    ] as const) {
      await board.keyboard.press(key);
      await board.locator(`article[data-list="${list}"]`).waitFor();
      assert.is(await board.locator('article:focus').count(), 1, `focus after ${key}`);
    }
    await board.keyboard.press('KeyS');
    await board.getByRole('button', { name: 'Complete' }).waitFor();
    await board.keyboard.press('KeyD');
    await board.locator('article[data-list="made"]:focus').waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'with the line cut the board stays usable: an action waits, is counted, and goes out once'({ product, desks }) {
    const shop = await desks.page('shop');
    const board = await desks.page('board');
    const cable = await Cable.through(board);
    const [operator] = await product.addUsers('operator', { site: 'north' });
    await takeShift(board, product.url, operator!);
    await signUp(shop, product.url, 'Fay');
    for (const name of ['first.stl', 'second.stl']) {
      await shop.getByRole('link', { name: 'New order' }).click();
      await orderModel(shop, binaryStl(box()), name);
      await shop.getByRole('button', { name: 'Approve for' }).click();
      await shop.getByRole('heading', { name: 'Approved' }).waitFor();
    }
    await board.locator('[data-lane="new"] article').nth(1).waitFor();

    await cable.cut();
    await board.locator('[data-connection="offline"]').waitFor();
    await board.locator('[data-action="capture"]').first().click();
    await board.getByText('1 action waits').waitFor();
    await desks.shoot(board, 'line-cut');
    assert.is(await board.locator('[data-action="capture"][aria-busy="true"]').count(), 1);
    cable.mend();
    await board.locator('[data-connection="live"]').waitFor();
    await board.locator('article[data-list="mine"]').waitFor();
    assert.is(await board.locator('article[data-list="mine"]').count(), 1);
    assert.is(await board.locator('[data-lane="new"] article').count(), 1);
  },

  async 'what the holder does is shown at once, and goes out once and in order when the line is back'({
    product,
    desks,
  }) {
    const board = await desks.page('board');
    const cable = await Cable.through(board);
    const [operator] = await product.addUsers('operator', { site: 'north' });
    await takeShift(board, product.url, operator!);
    const buyer = await newBuyer(product.url);
    const { id } = await approvedOrder(buyer);
    await board.locator('[data-action="capture"]').click();
    await board.locator('article[data-list="mine"]').waitFor();
    await cable.cut();
    await board.locator('[data-connection="offline"]').waitFor();
    await board.locator('[data-action="start"]').click();
    await board.locator('[data-action="complete"]').click();
    await board.getByText('1 action waits').waitFor();
    await board.locator('article[data-list="mine"][aria-busy="true"]').getByText('Starting').waitFor();
    assert.is((await buyer.get(`/api/orders/${id}`)).body.status, 'MANUFACTURING_APPROVED');
    await desks.shoot(board, 'shown-ahead');
    cable.mend();
    await board.locator('article[data-list="made"]').waitFor();
    const { items } = (await buyer.get(`/api/orders/${id}/timeline`)).body as Timeline;
    assert.equal(items.map(({ type }) => type).slice(-3), [
      'captured',
      'manufacturing-started',
      'manufacturing-completed',
    ]);
  },

  async 'a board that may lag behind says so quietly, and can be worked with'({ product, desks }) {
    const board = await desks.page('board');
    const cable = await Cable.through(board);
    cable.rewrite = (text) =>
      text
        .replace('"mode":"snapshot"', '"mode":"snapshot","stale":3')
        .replace('"board:frame",{', '"board:frame",{"stale":3,');
    const [operator] = await product.addUsers('operator', { site: 'north' });
    await takeShift(board, product.url, operator!);
    await board.locator('[data-connection="stale"]').getByText('Up to 3 s old').waitFor();
    await desks.shoot(board, 'lags');
    await approvedOrder(await newBuyer(product.url));
    await board.locator('[data-action="capture"]').click();
    await board.locator('article[data-list="mine"]').waitFor();
    await board.locator('[data-connection="stale"]').waitFor();
    assert.is(await board.locator('.banner').count(), 0, 'it is not an alarm');
    cable.rewrite = (text) => text;
    await board.locator('[data-action="start"]').click();
    await board.locator('[data-connection="live"]').waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'a reload goes on where it was: signed in, the same order, the chosen theme'({ product, desks }) {
    const shop = await desks.page('shop');
    await signUp(shop, product.url, 'Dora');
    await orderModel(shop, binaryStl(box()), 'box.stl');
    await shop.getByRole('button', { name: 'Light or dark theme' }).click();
    const address = shop.url();
    await shop.reload();
    await shop.getByRole('button', { name: 'Approve for' }).waitFor();
    assert.is(shop.url(), address);
    assert.is(await shop.evaluate<string>('document.documentElement.dataset.theme'), 'dark');
    await shop.getByRole('button', { name: 'Sign out' }).click();
    await shop.getByRole('form', { name: 'Sign in' }).waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'a price that can’t be calculated says why'({ product, desks }) {
    const shop = await desks.page('shop');
    await signUp(shop, product.url, 'Emil');
    const open = binaryStl(box().triangles.slice(0, -9));
    await orderModel(shop, open, 'open box.stl');
    await shop.getByRole('heading', { name: 'A person checks the price' }).waitFor();
    await shop.getByTitle('not-closed').first().getByText('The surface has holes').waitFor();
    await desks.shoot(shop, 'failed-price');
    assert.equal(desks.complaints, []);
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
