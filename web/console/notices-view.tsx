import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { consoleText } from '../text/console.ts';
import { Icon, Lamp } from '../ui/mark.tsx';
import { view } from './app.ts';
import { asked, putAway } from './notices.ts';
import { address } from './view.ts';

export const Notices = (): JSX.Element => (
  <div>
    {asked.value.map(({ id, number }) => (
      <div key={id} class="banner" data-s="stop" data-notice={id}>
        <Lamp name="cancel" />
        <p>{consoleText.notices.cancel(number)}</p>
        <a class="btn" href={address(view.value, id)}>
          {consoleText.notices.show(number)}
        </a>
        <button type="button" class="btn quiet icon-btn" aria-label={commonText.close} onClick={() => putAway(id)}>
          <Icon name="close" />
        </button>
      </div>
    ))}
  </div>
);
