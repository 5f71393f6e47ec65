/** One walk through pages, step by step, with a page for each language. */
import type { Page } from 'playwright-core';
import type { Login } from '../_kit/product.ts';
import type { Desks } from './browser.ts';

export type Language = 'en' | 'ru';
export type Look = (page: Page, state: string, language: Language) => Promise<void>;
type Step = (page: Page, language: Language) => Promise<unknown>;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };

export class Walk {
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

/** At whatever page asks for it. */
export const signIn = async (page: Page, { login, password }: Login): Promise<void> => {
  await page.locator('input[name=login]').first().fill(login);
  await page.locator('input[name=password]').first().fill(password);
  await page.locator('form button[type=submit]').first().click();
  await page.locator('[data-connection="live"]').waitFor();
};
