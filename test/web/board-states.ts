/** What an operator sees at the board, in all that may come up there. */
import type { Locator, Page } from 'playwright-core';
import { Cable } from './browser.ts';
import type { FloorWorld, Holders } from './floor-world.ts';
import { signIn, type Walk } from './walk.ts';

/** As if one holder were away for long and the other here, and one order late. */
function told(text: string, { present, away }: Holders): string {
  const about = (id: string): RegExp => new RegExp(`("${id}":\\{"name":"[^"]*","present":)(?:true|false)`, 'gu');
  return text
    .replaceAll(about(present), '$1true')
    .replaceAll(about(away), '$1false')
    .replaceAll(/"graceMs":\d+/gu, '"graceMs":1')
    .replace(/"due":"20[^"]*"/u, '"due":"2026-01-05T12:00:00.000Z"');
}

export async function boardStates(walk: Walk, url: string, world: FloorWorld): Promise<void> {
  const cables = new Map<Page, Cable>();
  await walk.open('operator', async (page) => {
    const cable = await Cable.through(page);
    cables.set(page, cable);
    cable.rewrite = (text) => told(text, world.holders);
  });
  await walk.state('board, gate', async (page) => {
    await page.goto(`${url}/board`);
    await page.locator('input[name=login]').waitFor();
  });
  await walk.silently(async (page) => {
    await signIn(page, world.olga);
    await page.locator('article[data-list="mine"]').nth(3).waitFor();
  });
  await world.ask();
  await walk.state('board, operator', async (page) => {
    await page.locator('[data-notice]').nth(1).waitFor();
    for (const list of ['new', 'offered', 'mine', 'alone', 'others', 'made'])
      await page.locator(`article[data-list="${list}"]`).first().waitFor();
  });
  const mine = (page: Page) =>
    page.locator('article[data-list="mine"]').filter({ has: page.locator('[data-action="complete"]') });
  const more = (page: Page) => mine(page).first().locator('.card-acts [aria-expanded]').click();
  await walk.state('board, what more there is', more);
  for (const action of ['hold', 'hand-over'])
    await walk.state(`board, ${action}`, async (page) => {
      await page.keyboard.press('Escape');
      if ((await page.locator('.card-panel').count()) === 0) await more(page);
      await page.locator(`.card-panel [data-action="${action}"]`).click();
      await page.locator('.card-panel form').waitFor();
      if (action === 'hand-over') await page.locator('.card-panel input[type=radio]').first().waitFor();
    });
  await overTheBoard(walk, mine);
  await sought(walk);
  await lostAndOffline(walk, world, cables);
  await walk.state('board, session over', async (page) => {
    const { origin } = new URL(url);
    await page.context().request.delete(`${url}/api/session`, { headers: { origin } });
    await page.locator('dialog.again').waitFor();
  });
}

/** What stands beside the board, or over it. */
async function overTheBoard(walk: Walk, mine: (page: Page) => Locator): Promise<void> {
  await walk.state('board, all keys', async (page) => {
    await page.keyboard.press('Escape');
    await mine(page).first().focus();
    await page.keyboard.press('Shift+Slash');
    await page.locator('dialog.sheet').waitFor();
  });
  await walk.state('board, drawer', async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('dialog.sheet').waitFor({ state: 'detached' });
    await mine(page).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.drawer .timeline li').first().waitFor();
    await page.locator('.drawer .view-3d').waitFor();
  });
  await walk.state('board, model in 3D', async (page) => {
    await page.locator('.drawer .view-3d').click();
    await page.locator('dialog.model-view canvas').waitFor();
  });
  await walk.silently(async (page) => {
    await page.locator('dialog.model-view header button').click();
    await page.locator('dialog.model-view').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.locator('.drawer').waitFor({ state: 'detached' });
  });
}

/** What is looked for and is not there. */
async function sought(walk: Walk): Promise<void> {
  await walk.state('board, nothing found', async (page) => {
    await page.locator('#search').fill('no such order');
    await page.locator('.lane-empty').nth(2).waitFor();
  });
  await walk.state('board, unknown scan', async (page) => {
    await page.locator('#search').fill('9-70001');
    await page.keyboard.press('Enter');
    await page.locator('[data-answer="none"]').waitFor();
    await page.locator('#search').fill('');
  });
  await walk.silently((page) => page.locator('[data-scans] > button').click());
}

async function lostAndOffline(walk: Walk, world: FloorWorld, cables: ReadonlyMap<Page, Cable>): Promise<void> {
  await walk.silently((page) => page.locator(`[data-key="${world.wanted}"] > article`).focus());
  await world.snatch();
  await walk.state('board, taken by another', (page) => page.locator('[data-taken] .card-band').waitFor());
  await walk.state('board, offline', async (page) => {
    await cables.get(page)?.cut();
    await page.locator('article[data-list="mine"] [data-action="start"]').first().click();
    await page.locator('.banner[data-s="warn"][role="status"]').waitFor();
  });
  await walk.silently(async (page) => {
    cables.get(page)?.mend();
    await page.locator('[data-connection="live"]').waitFor();
  });
}
