/** A board in a real Chromium, with somebody who scrolls in it. */
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromium as executable } from '../../../src/launcher/chromium.ts';
import { untilEnded } from '../ending.ts';

export interface Desk {
  readonly page: Page;
  readonly session: CDPSession;
  /** For so long, in one lane after the other, with the wheel. */
  scroll(ms: number): Promise<void>;
  close(): Promise<void>;
}

const SIZE = { width: 1440, height: 900 };
/** In each lane for so long, then in the next. */
const LANE_MS = 4_000;
/** One notch of a wheel, CSS pixels. */
const NOTCH = 120;
const LANES = ['new', 'in_work', 'made'] as const;

async function launch(): Promise<Browser> {
  const found = executable();
  if (found === undefined) throw new Error('there is no Chromium on this machine; ANDON_CHROMIUM may name one');
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export async function openDesk(
  url: string,
  { id, token }: { id: string; token: string },
  cards: number,
): Promise<Desk> {
  const browser = await launch();
  const ended = untilEnded(() => browser.close());
  const close = async (): Promise<void> => {
    ended();
    await browser.close();
  };
  try {
    const context = await browser.newContext({ viewport: SIZE });
    await context.addCookies([{ name: 'andon', value: token, url }]);
    // As a page leaves it that has signed in: there is a session to go on with.
    await context.addInitScript((note) => localStorage.setItem(note.key, note.id), { key: 'andon.me', id });
    const page = await context.newPage();
    // The orders were filled in without models: no picture to ask for, and none to be missed.
    await page.route('**/api/models/*/thumb', (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }),
    );
    await page.goto(`${url}/board`);
    await page.locator('[data-connection="live"]').waitFor({ timeout: 120_000 });
    await page.waitForFunction(
      `Number(document.querySelector('[data-chip="all"] b')?.textContent.replaceAll(/\\D/g, '')) >= ${cards}`,
      undefined,
      { timeout: 120_000 },
    );
    const session = await context.newCDPSession(page);
    return { page, session, close, scroll: (ms) => scroll(page, ms) };
  } catch (error) {
    await close();
    throw error;
  }
}

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M9 20h46v25H9z"/></svg>';

async function scroll(page: Page, ms: number): Promise<void> {
  const until = performance.now() + ms;
  for (let turn = 0; performance.now() < until; turn++) {
    const lane = page.locator(`[data-lane="${LANES[turn % LANES.length]}"]`);
    const box = await lane.boundingBox();
    if (box === null) throw new Error('a lane has no place');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const direction = Math.floor(turn / LANES.length) % 3 === 2 ? -1 : 1;
    const next = Math.min(until, performance.now() + LANE_MS);
    while (performance.now() < next) await page.mouse.wheel(0, direction * NOTCH);
  }
}
