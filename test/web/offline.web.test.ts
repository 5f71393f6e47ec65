/** A desk without a line, while the floor goes on: what it shows, what is pressed there, and what becomes of both. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type Api, signIn } from '../_kit/api.ts';
import { approvedOrder, type Made, newBuyer, operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { cardIn, hasFocus, listed, numberOf } from './at-board.ts';
import { Cable, type Desks, takeShift } from './browser.ts';
import { type Cases, type Place, webSpec } from './web-spec.ts';

const test = webSpec('a desk without a line', { deadlineMs: 150_000, shared: true });

/** Others come later than clocks of pages and servers may differ: no race. */
const APART_MS = 1_500;
const AWAY_MS = 30_000;
/** A packet that says nothing: the server goes on talking, and the desk hears none of it. */
const NOTHING = '6';

interface Desk {
  readonly page: Page;
  readonly cable: Cable;
}

async function deskOf({ product, desks }: Place, name: string): Promise<Desk> {
  const [login] = await product.addUsers('operator', { site: 'north' });
  const page = await desks.page(name);
  const cable = await Cable.through(page);
  await takeShift(page, product.url, login!);
  // As every day but the first: what the page has of files is kept on this machine.
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.reload();
  await page.getByRole('button', { name: 'End shift' }).waitFor();
  return { page, cable };
}

async function unplug({ page, cable }: Desk): Promise<void> {
  await page.context().setOffline(true);
  await cable.cut();
  await page.locator('.banner').getByText('No connection since').waitFor();
}

async function plugIn({ page, cable }: Desk): Promise<void> {
  cable.rewrite = (text) => text;
  cable.mend();
  await page.context().setOffline(false);
  await page.locator('[data-connection="live"]').waitFor();
}

async function take(page: Page, order: Made): Promise<void> {
  await cardIn(page, order).locator('[data-action="capture"]').click();
  await listed(page, order, 'mine').waitFor();
}

/** Without a network the browser itself complains of what it cannot fetch. */
const complaints = ({ complaints }: Desks): string[] =>
  complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one));

const LANES = ['new', 'in_work', 'made'] as const;
type Picture = Readonly<Record<string, readonly string[]>>;

/** Which orders stand in which lane, and which of them are mine. */
async function shownBy(page: Page): Promise<Picture> {
  const found = await page.evaluate<(readonly [lane: string, order: string])[]>(`
    [...document.querySelectorAll('[data-key] > article')].flatMap((card) => {
      const order = card.parentElement.dataset.key;
      const lane = card.closest('[data-lane]').dataset.lane;
      return card.dataset.list === 'mine' ? [[lane, order], ['mine', order]] : [[lane, order]];
    })`);
  return Object.fromEntries(
    [...LANES, 'mine'].map((name) => [
      name,
      found
        .filter(([lane]) => lane === name)
        .map(([, order]) => order)
        .sort(),
    ]),
  );
}

async function servedBy(api: Api, me: string): Promise<Picture> {
  type Item = { order: string; capture: { operator: { id: string } } | null };
  const lanes = new Map<string, readonly Item[]>();
  for (const lane of LANES) lanes.set(lane, (await api.get(`/api/boards/north?lane=${lane}`)).body.items);
  const mine = [...lanes.values()].flat().filter(({ capture }) => capture?.operator.id === me);
  return Object.fromEntries(
    [...lanes, ['mine', mine] as const].map(([name, items]) => [name, items.map(({ order }) => order).sort()]),
  );
}

const timesStarted = async (api: Api, { id }: Made): Promise<number> => {
  const { body } = await api.get(`/api/orders/${id}/timeline`);
  return body.items.filter(({ type }: { type: string }) => type === 'manufacturing-started').length;
};

const cases: Cases = {
  async 'half a minute later it shows what the server has, what was done is done once, and nothing has jumped'(place) {
    const { product, desks } = place;
    const [anna] = await operators(product, 1);
    const [supervisor] = await product.addUsers('supervisor', { site: 'north' });
    const boss = await signIn(product.url, supervisor!);
    const buyer = await newBuyer(product.url);
    const order = (): Promise<Made> => approvedOrder(buyer);
    const [answered, pressed, taken, calm] = [await order(), await order(), await order(), await order()];
    const desk = await deskOf(place, 'away');
    const { page, cable } = desk;
    const me = await page.evaluate<string>("localStorage.getItem('andon.me')");
    await take(page, answered);
    await take(page, pressed);

    // Done by the server, which the desk is never told.
    cable.rewrite = () => NOTHING;
    await cardIn(page, answered).locator('[data-action="start"]').click();
    await until('the server has done it', async () => (await timesStarted(anna!, answered)) === 1);
    await unplug(desk);
    await cardIn(page, pressed).locator('[data-action="start"]').click();
    await page.getByText('2 actions wait and are sent as soon as it is back').waitFor();
    await page.mouse.move(0, 0);
    await cardIn(page, calm).focus();

    assert.is((await anna!.order(taken.id, 'capture', { epoch: 0 })).status, 200);
    const fresh = await order();
    assert.is((await boss.order(fresh.id, 'set-priority', { priority: 3 })).status, 200);
    const known = await shownBy(page);
    // That long and not a moment less is what is promised.
    await sleep(AWAY_MS);
    assert.equal(await shownBy(page), known, 'the last known board stays');
    assert.equal(known['new'], [taken.id, calm.id].sort());
    await cardIn(page, taken).focus();
    await page.keyboard.press('Enter');
    await page.locator(`.drawer[data-order="${taken.id}"]`).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#search').fill(await numberOf(buyer, calm));
    await listed(page, taken, 'new').waitFor({ state: 'detached' });
    await page.locator('#search').fill('');
    await listed(page, taken, 'new').waitFor();
    await cardIn(page, calm).focus();
    await page.getByText('2 actions wait and are sent as soon as it is back').waitFor();
    assert.is(await timesStarted(anna!, pressed), 0);
    await desks.shoot(page, 'offline-half-a-minute');

    await plugIn(desk);
    await page.locator('.banner').waitFor({ state: 'detached' });
    await listed(page, taken, 'others').waitFor();
    for (const one of [answered, pressed])
      await cardIn(page, one).and(page.locator('[aria-busy="false"]')).locator('[data-action="complete"]').waitFor();
    assert.is(await page.locator('.card-band').count(), 0, 'neither was refused, so neither was asked anew');
    assert.equal([await timesStarted(anna!, answered), await timesStarted(anna!, pressed)], [1, 1]);
    const above = page.locator('[data-lane="new"] .new-above');
    await above.getByText('1 new above').waitFor();
    assert.ok(await hasFocus(cardIn(page, calm)), 'the focus has stayed');
    await desks.shoot(page, 'offline-back');
    await above.click();
    await listed(page, fresh, 'new').waitFor();
    await until('it is the board of the server', async () => {
      assert.equal(await shownBy(page), await servedBy(anna!, me));
      return true;
    });
    assert.equal(complaints(desks), []);
  },

  async 'what others have made impossible meanwhile is refused in words, where it stood'(place) {
    const { product, desks } = place;
    const [anna] = await operators(product, 1);
    const [supervisor] = await product.addUsers('supervisor', { site: 'north' });
    const boss = await signIn(product.url, supervisor!);
    const buyer = await newBuyer(product.url);
    const [wanted, held] = [await approvedOrder(buyer), await approvedOrder(buyer)];
    const desk = await deskOf(place, 'late');
    const { page } = desk;
    await take(page, held);
    await unplug(desk);
    await cardIn(page, wanted).locator('[data-action="capture"]').click();
    await cardIn(page, held).locator('[data-action="start"]').click();
    await page.getByText('2 actions wait').waitFor();
    await sleep(APART_MS);

    for (const [who, one, command, fields] of [
      [anna!, wanted, 'capture', { epoch: 0 }],
      [boss, held, 'release', { epoch: 1, reason: 'needed-elsewhere' }],
      [anna!, held, 'capture', { epoch: 2 }],
    ] as const) {
      const { status, body } = await who.order(one.id, command, fields);
      assert.is(status, 200, JSON.stringify(body));
    }
    await plugIn(desk);
    const lost = page.locator(`[data-key="taken:${wanted.id}"] .card-band[title="already_captured"]`);
    await lost.getByText(`${anna!.name} took it`, { exact: true }).waitFor();
    await lost.getByRole('button', { name: 'Dismiss' }).waitFor();
    const refused = page.locator(`[data-key$="${held.id}"] .card-band[title="stale_epoch"]`);
    await refused.getByText(new RegExp(`^${anna!.name} holds it since .*; your “Start” was not applied$`)).waitFor();
    await desks.shoot(page, 'offline-refused');
    // What is looked at stays where it is until it is read.
    for (const band of [lost, refused]) await band.getByRole('button', { name: 'Dismiss' }).click();
    await page.mouse.move(0, 0);
    await page.locator('.scan input').focus();
    for (const one of [wanted, held]) await listed(page, one, 'others').waitFor();
    assert.is(await page.locator('article[data-list="mine"]').count(), 0);
    assert.is(await timesStarted(anna!, held), 0);
    assert.equal(complaints(desks), []);
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
