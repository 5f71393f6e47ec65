/** Every page and state, in both languages: nothing wider than the window, nothing cut, nothing too small to press. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { DESK } from './browser.ts';
import { faultsOf, foreignWords } from './measure.ts';
import { STILL, walkAll } from './states.ts';
import type { Look } from './walk.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('pages fit', { product: { env: STILL }, deadlineMs: 900_000 });

const WIDTHS = [320, 390, 1024, 1440, 1920];
/** Kept to be looked at. */
const SHOT = new Set([390, 1440]);
const LARGE = { width: 1280, height: 900 };
const rootText = (page: Page, size: string): Promise<unknown> =>
  page.evaluate(`document.documentElement.style.fontSize = '${size}'`);

/** Names of people, files, keys and makers, codes of jobs: they are no words of a language. */
const WRITTEN =
  /A ring with .* a half\.stl|Andon|Shift|Enter|Esc|price, timeout|ingest, unavailable|end-shift|STL|STEP|GLB|EUR|DHL|PA 12|[\w-]+@[\w.]+|\S+\.stl|https?:\S+|(?:Test )?Buyer|Bea|(?:Operator|Supervisor|Packer|Crm|Engineer)(?: North)? \d+|[a-z]+(?:-north)?-\d+/gu;

/** What travels or fades in has arrived. */
const AT_REST = `Promise.allSettled(
  document.getAnimations().filter((one) => one.effect.getTiming().iterations < Infinity).map((one) => one.finished),
).then(() => undefined)`;

const title = 'every state fits at 320 to 1920 px and with text of twice the size, in English and in Russian';
const body = async ({ product, desks }: Place): Promise<void> => {
  const faults = new Set<string>();
  const look: Look = async (page, state, language) => {
    const note = async (where: string): Promise<void> => {
      await page.evaluate(AT_REST);
      for (const fault of await faultsOf(page)) faults.add(`${state}, ${language}, ${where}: ${fault}`);
    };
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: DESK.height });
      await note(`${width} px`);
      if (SHOT.has(width)) await desks.shoot(page, `${state.replaceAll(/\W+/g, '-')}-${language}-${width}`);
    }
    await page.setViewportSize(LARGE);
    await rootText(page, '200%');
    await note('text of 200 %');
    await desks.shoot(page, `${state.replaceAll(/\W+/g, '-')}-${language}-large`);
    await rootText(page, '');
    await page.setViewportSize(DESK);
    if (language === 'ru')
      for (const words of await foreignWords(page, WRITTEN)) faults.add(`${state}: not Russian: ${words}`);
  };
  await walkAll(product, desks, look);
  assert.equal([...faults], []);
};

test(title, body);
