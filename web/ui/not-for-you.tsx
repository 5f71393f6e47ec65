import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';

interface NotForYouProps {
  readonly words: { readonly title: string; readonly text: string; readonly shop: string };
  /** For who supports people: the code of the refusal. */
  readonly code?: string | undefined;
  readonly signOut: () => unknown;
}

/** In place of a page of the staff, for who is signed in and has no part in it. */
export const NotForYou = ({ words, code, signOut }: NotForYouProps): JSX.Element => (
  <main class="gate">
    <h1>{words.title}</h1>
    <div class="panel stack" title={code}>
      <p>{words.text}</p>
      <a class="btn" href="/">
        {words.shop}
      </a>
      <button type="button" class="btn quiet" onClick={() => void signOut()}>
        {commonText.signOut}
      </button>
    </div>
  </main>
);
