/** Whoever begins to read or to press something on a page that opens finds it where it was. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { signInAtBoard } from './browser.ts';
import { floorWorld } from './floor-world.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('pages that open', { deadlineMs: 200_000 });

/** Cumulative layout shift up to which a page is called good: https://web.dev/articles/cls. */
const GOOD = 0.1;

/** From before the page's own script on. */
const OBSERVE = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, startTime, sources } of list.getEntries())
      if (!hadRecentInput)
        shifts.push({ value, at: Math.round(startTime), of: sources.map(({ node, previousRect: a, currentRect: b }) =>
          \`\${node?.nodeName}.\${node?.className ?? node?.textContent} \${a.x},\${a.y} \${a.width}×\${a.height} → \${b.x},\${b.y} \${b.width}×\${b.height}\`) });
  }).observe({ type: 'layout-shift', buffered: true });
`;

interface Shift {
  readonly value: number;
  readonly at: number;
  readonly of: readonly string[];
}

/** A slow telephone's processor and line. */
async function slowly(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 100_000,
  });
}

/** How far a page moved what stood on it while it opened for somebody who is signed in. */
async function moved(page: Page, url: string, whole: string): Promise<readonly Shift[]> {
  await page.addInitScript(OBSERVE);
  await slowly(page);
  await page.goto('about:blank');
  await page.goto(url);
  await page.locator('[data-connection="live"]').waitFor();
  await page.locator(whole).first().waitFor();
  await page.waitForLoadState('networkidle');
  return page.evaluate<Shift[]>('shifts');
}

const ORDER_LINE = '.order-line';

async function steady({ product, desks }: Place): Promise<void> {
  const { olga, boss, crm } = await floorWorld(product);
  const pages = [
    ['operator', olga, '/board', '[data-lane="new"] article'],
    ['supervisor', boss, '/board', '[data-lane="new"] article'],
    ['wall', boss, '/wall', '[data-lane="new"] .big'],
    ['console, what waits', crm, '/console', ORDER_LINE],
    ['console, orders', crm, '/console#orders', ORDER_LINE],
  ] as const;
  for (const [who, login, path, whole] of pages) {
    const page = await desks.page(who);
    await signInAtBoard(page, product.url, login);
    const shifts = await moved(page, product.url + path, whole);
    const sum = shifts.reduce((all, { value }) => all + value, 0);
    assert.ok(sum < GOOD, `${who}: ${sum.toFixed(3)} of ${JSON.stringify(shifts, undefined, 1)}`);
    await page.context().close();
  }
}

test('a page that opens moves nothing that was already there', steady);
