/** The reader's language, set before the first paint: what was chosen here, else the browser's, else English. */
import { layOver } from './words.ts';

export const LANGUAGES = { en: 'English', ru: 'Русский' } as const;
export type Language = keyof typeof LANGUAGES;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };

/** In Node, as in tests, there is no document. */
const root = (globalThis as { readonly document?: { readonly documentElement: { lang: string } } }).document
  ?.documentElement;

export const language: Language = root?.lang === 'ru' ? 'ru' : 'en';
/** For `Intl`. */
export const locale = LOCALES[language];

export type Words = Readonly<Record<string, object>>;

/** Resolves when the page's words are those of the reader's language; if they can't be loaded, it speaks English. */
export async function speak(
  others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ words: Words }>>>,
): Promise<void> {
  if (language === 'en') return;
  try {
    layOver((await others[language]()).words);
  } catch {
    if (root !== undefined) root.lang = 'en';
  }
}
