/**
 * A walk through the pages and their main states, in each language: what is measured in one test and judged by rules in
 * another. Every step is made by what is there in every language: names of fields and of actions.
 */
import type { Page } from 'playwright-core';
import type { Login, Product } from '../_kit/product.ts';
import { binaryStl, ring } from '../_kit/solids.ts';
import { Cable, type Desks } from './browser.ts';
import { floorWorld, type Holders } from './floor-world.ts';

export type Language = 'en' | 'ru';
export type Look = (page: Page, state: string, language: Language) => Promise<void>;
type Step = (page: Page, language: Language) => Promise<unknown>;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };

class Walk {
  readonly #desks: Desks;
  readonly #look: Look;
  #pages: readonly (readonly [Language, Page])[] = [];

  constructor(desks: Desks, look: Look) {
    this.#desks = desks;
    this.#look = look;
  }

  /** The next steps are made on pages of their own, one per language; English is light, Russian dark. */
  async open(who: string, prepare: Step = async () => undefined): Promise<void> {
    for (const [, page] of this.#pages) await page.context().close();
    this.#pages = await Promise.all(
      (['en', 'ru'] as const).map(async (language) => {
        const page = await this.#desks.page(`${who} ${language}`, {
          dark: language === 'ru',
          locale: LOCALES[language],
        });
        await prepare(page, language);
        return [language, page] as const;
      }),
    );
  }

  async state(name: string, step: Step): Promise<void> {
    await this.silently(step);
    for (const [language, page] of this.#pages) await this.#look(page, name, language);
  }

  /** On the way to a state. */
  async silently(step: Step): Promise<void> {
    for (const [language, page] of this.#pages) await step(page, language);
  }
}

const signIn = async (page: Page, { login, password }: Login): Promise<void> => {
  await page.locator('input[name=login]').first().fill(login);
  await page.locator('input[name=password]').first().fill(password);
  await page.locator('form button[type=submit]').first().click();
  await page.locator('[data-connection="live"]').waitFor();
};

export async function walkAll(product: Product, desks: Desks, look: Look): Promise<void> {
  const walk = new Walk(desks, look);
  await shop(walk, product);
  const world = await floorWorld(product);
  await board(walk, product.url, world);
  await supervisor(walk, product.url, world.boss);
  await sales(walk, product.url, world.crm);
}

const MODEL = 'A ring with a long name, engraved inside and outside, in size 17 and a half.stl';

async function shop(walk: Walk, { url }: Product): Promise<void> {
  await walk.open('buyer');
  await walk.state('shop, welcome', async (page) => {
    await page.goto(url);
    await page.locator('input[name=contact]').waitFor();
  });
  await walk.state('shop, wrong password', async (page) => {
    await page.locator('input[name=login]').first().fill('nobody');
    await page.locator('input[name=password]').first().fill('not a password of anybody');
    await page.locator('form button[type=submit]').first().click();
    await page.locator('[role=alert][data-s=stop]').waitFor();
  });
  await walk.state('shop, new order', async (page, language) => {
    const form = page.locator('form').filter({ has: page.locator('input[name=contact]') });
    await form.locator('input[name=name]').fill('Bea');
    await form.locator('input[name=contact]').fill('bea@example.org');
    await form.locator('input[name=login]').fill(`bea-${language}-${Date.now().toString(36)}`);
    await form.locator('input[name=password]').fill('a long enough password');
    await form.locator('button[type=submit]').click();
    await page.locator('.picks').first().waitFor();
  });
  await walk.state('shop, model sent', async (page) => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: MODEL, mimeType: 'model/stl', buffer: Buffer.from(binaryStl(ring())) });
    await page.locator('aside.quote .primary').waitFor();
  });
  await walk.state('shop, priced', async (page) => {
    await page.locator('aside.quote .primary').click();
    await page.locator('.price').waitFor();
  });
  await walk.state('shop, cancelling', async (page) => page.locator('.cancel button').click());
  await walk.state('shop, changing', async (page) => page.locator('.change button').first().click());
  await walk.state('shop, shared and its story', async (page) => {
    await page.locator('form.panel button[type=button].quiet').first().click();
    await page.locator('.share button').first().click();
    await page.locator('.share-link').waitFor();
    await page.locator('.history summary').click();
  });
  const links = new Map<Language, string>();
  await walk.silently(async (page, language) =>
    links.set(language, await page.locator('.share-link input').inputValue()),
  );
  await walk.state('shop, approved', async (page) => {
    await page.locator('.quote .primary').click();
    await page.locator('.cord, .steps').first().waitFor();
  });
  await walk.state('shop, list', async (page) => {
    await page.locator('header a[href="#/orders"]').first().click();
    await page.locator('.order-row').waitFor();
  });
  await walk.state('shop, guest', async (page, language) => {
    await page.goto('about:blank');
    await page.goto(links.get(language) ?? '');
    await page.locator('.hero').waitFor();
  });
}

/** As if one holder were away for long and the other here, and one order late. */
function told(text: string, { present, away }: Holders): string {
  const about = (id: string): RegExp => new RegExp(`("${id}":\\{"name":"[^"]*","present":)(?:true|false)`, 'gu');
  return text
    .replaceAll(about(present), '$1true')
    .replaceAll(about(away), '$1false')
    .replaceAll(/"graceMs":\d+/gu, '"graceMs":1')
    .replace(/"due":"20[^"]*"/u, '"due":"2026-01-05T12:00:00.000Z"');
}

type World = Awaited<ReturnType<typeof floorWorld>>;

async function board(walk: Walk, url: string, world: World): Promise<void> {
  await walk.open('operator', async (page) => {
    const cable = await Cable.through(page);
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
}

async function supervisor(walk: Walk, url: string, boss: Login): Promise<void> {
  await walk.open('supervisor');
  await walk.state('board, people', async (page) => {
    await page.goto(`${url}/board`);
    await signIn(page, boss);
    await page.locator('article[data-list="others"]').first().waitFor();
    await page.locator('.people-open').click();
    await page.locator('.person-entry').nth(2).waitFor();
  });
  await walk.state('wall', async (page) => {
    await page.goto(`${url}/wall`);
    await page.locator('[data-lane="new"] .big').waitFor();
  });
  await walk.silently(async (page) => {
    await page.goto(`${url}/board`);
    await page.locator('.people-open').click();
  });
  await walk.state('board, changing a person', (page) => page.locator('.person-entry [aria-expanded]').first().click());
  await desk(walk, url);
}

async function sales(walk: Walk, url: string, crm: Login): Promise<void> {
  await walk.open('sales');
  await walk.state('console, what waits', async (page) => {
    await page.goto(`${url}/console`);
    await signIn(page, crm);
    await page.locator('.order-line').first().waitFor();
  });
  await walk.state('console, order', async (page) => {
    await page.locator('.order-line').first().click();
    await page.locator('.one .acts').waitFor();
  });
  await walk.state('console, form', async (page) => {
    await page.locator('.acts [data-act][aria-expanded]').first().click();
    await page.locator('.act-form').waitFor();
  });
  await walk.state('console, orders', (page) =>
    page.goto(`${url}/console#orders`).then(() => page.locator('.order-line').nth(3).waitFor()),
  );
}

/** What a supervisor looks after besides the board. */
async function desk(walk: Walk, url: string): Promise<void> {
  await walk.state('console, people', async (page) => {
    await page.goto(`${url}/console#people`);
    await page.locator('[data-person]').nth(2).waitFor();
  });
  await walk.state('console, changing a person', (page) =>
    page.locator('[data-person] [aria-expanded]').first().click(),
  );
  await walk.state('console, accounts', async (page) => {
    await page.goto(`${url}/console#users`);
    await page.locator('[data-user]').first().waitFor();
    await page.locator('main button[aria-expanded]').first().click();
  });
}
