/** Every page and state by the rules of WCAG 2.2 AA, in both languages and in light and dark colours. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { Desks } from './browser.ts';
import { STILL, walkAll } from './states.ts';
import type { Look } from './walk.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('axe', { product: { env: STILL }, deadlineMs: 900_000 });

/** What axe gives back, as far as it is told here. */
interface Result {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a theme may break: the page is the same but for its colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const RUN = `(async (runOnly) => {
  if (!window.axe) { ${axe.source}; }
  const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
  return { violations: violations.map(({ id, help, nodes }) => ({ id, help, nodes })) };
})`;

/** Put into the page by the debugger, which the page's own content policy does not keep out. */
async function violations(page: Page, runOnly: readonly string[] | object = TAGS): Promise<string[]> {
  const { violations: found } = await page.evaluate<Result>(`${RUN}(${JSON.stringify(runOnly)})`);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) =>
        `${id}: ${help}: ${html.slice(0, 120)} ${failureSummary.split('\n').slice(1, 3).join(' ').trim()}`,
    ),
  );
}

interface Colours {
  readonly theme: string;
  readonly ground: string;
}
const COLOURS_NOW = `({
  theme: document.documentElement.dataset.theme,
  ground: getComputedStyle(document.body).backgroundColor,
})`;
/** As the reader switches; a page without a header, where nobody has signed in yet, has no switch. */
const SWITCH = `{
  const name = document.documentElement.lang === 'ru' ? 'Светлая или тёмная тема' : 'Light or dark theme';
  const { dataset } = document.documentElement;
  if (document.querySelector('header.top, .wall-tools')) document.querySelector('[aria-label="' + name + '"]').click();
  else dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark';
}`;

/** Also where a dialog keeps hands from the switch. */
async function inOtherColours(page: Page): Promise<string[]> {
  // No colour is on its way to another.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const before = await page.evaluate<Colours>(COLOURS_NOW);
  await page.evaluate(SWITCH);
  const other = await page.evaluate<Colours>(COLOURS_NOW);
  assert.is.not(other.theme, before.theme);
  assert.is.not(other.ground, before.ground);
  const found = await violations(page, { type: 'rule', values: COLOURS });
  await page.evaluate(SWITCH);
  assert.equal(await page.evaluate<Colours>(COLOURS_NOW), before);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  return found.map((fault) => `${other.theme}: ${fault}`);
}

const title = 'no page and no state breaks a rule, in light or in dark colours';
const body = async ({ product, desks }: Place): Promise<void> => {
  const faults = new Set<string>();
  const look: Look = async (page, state, language) => {
    const { theme } = await page.evaluate<Colours>(COLOURS_NOW);
    assert.is(theme, language === 'ru' ? 'dark' : 'light', 'the colours of the system, before anybody switched');
    for (const fault of [...(await violations(page)), ...(await inOtherColours(page))])
      faults.add(`${state}, ${language}: ${fault}`);
    if (ASKED.has(state)) for (const fault of await asAsked(desks, page, state)) faults.add(fault);
  };
  await walkAll(product, desks, look);
  assert.equal([...faults], []);
};

/** Where it is tried what people ask of their system: the fullest pages. */
const ASKED = new Set(['shop, priced', 'board, operator', 'console, order']);
/** Whatever would move, had it a reason to. */
const MOVES = `[...document.querySelectorAll('*')].flatMap((one) => {
  const { transitionDuration, animationDuration, animationName } = getComputedStyle(one);
  const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0.02);
  const moves = lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
  return moves ? [one.tagName + '.' + one.className] : [];
})`;

/** More contrast, less motion, the system's own colours. */
async function asAsked(desks: Desks, page: Page, state: string): Promise<string[]> {
  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' });
  const broken = await violations(page);
  const moving = await page.evaluate<string[]>(MOVES);
  await desks.shoot(page, `${state.replaceAll(/\W+/g, '-')}-contrast`);
  await page.emulateMedia({ forcedColors: 'active' });
  await desks.shoot(page, `${state.replaceAll(/\W+/g, '-')}-forced`);
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference', forcedColors: 'none' });
  return [
    ...broken.map((fault) => `${state}, more contrast: ${fault}`),
    ...moving.map((one) => `${state}, less motion: ${one} moves`),
  ];
}

test(title, body);
