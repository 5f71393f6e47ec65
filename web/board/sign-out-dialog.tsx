import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { commonText } from '../text/common.ts';
import { leaveText as words } from '../text/leave.ts';
import { unanswered } from './connection.ts';
import { session } from './session.ts';
import { signOutAsked } from './sign-out.ts';

/** Stays open when all has been sent meanwhile, and says so: who reads it has not answered yet. */
export function SignOutDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    signOutAsked.value = false;
  };
  const waiting = unanswered.value;
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="leave-title" onClose={close}>
      <h2 id="leave-title">{words.title}</h2>
      <p role="status">{waiting > 0 ? words.lost(waiting) : words.sent}</p>
      <div class="row wrap">
        <button type="button" class="btn primary" onClick={() => dialog.current?.close()}>
          {words.stay}
        </button>
        <button
          type="button"
          class="btn"
          data-s={waiting > 0 ? 'stop' : undefined}
          data-sure
          onClick={() => void session.signOut()}
        >
          {commonText.signOut}
        </button>
      </div>
    </dialog>
  );
}
