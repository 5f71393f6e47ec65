import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { Icon } from './mark.tsx';
import { switchTheme } from './theme.ts';

/** What every page can be switched to: the other language, the other theme. */
export const PageTools = (): JSX.Element => (
  <>
    <LanguageSwitch />
    <button type="button" class="btn quiet icon-btn" aria-label={commonText.theme} onClick={switchTheme}>
      <Icon name="theme" />
    </button>
  </>
);
