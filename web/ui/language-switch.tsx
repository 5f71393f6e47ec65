import type { JSX } from 'preact';
import { LANGUAGES, type Language, language } from '../text/language.ts';

const other: Language = language === 'en' ? 'ru' : 'en';

/** The words stand before anything is drawn, so another language means another page. */
function change(): void {
  try {
    localStorage.setItem('andon.language', other);
  } catch {
    // storage may be forbidden: the browser's language it stays
  }
  location.reload();
}

/** Named in the language it leads to, for those who read only that one. */
export const LanguageSwitch = (): JSX.Element => (
  <button
    type="button"
    class="btn quiet small icon-btn"
    lang={other}
    aria-label={`${other.toUpperCase()}, ${LANGUAGES[other]}`}
    onClick={change}
  >
    {other.toUpperCase()}
  </button>
);
