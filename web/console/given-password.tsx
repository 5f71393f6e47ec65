import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { UserWithPassword } from '../../gateways/contract/users.ts';
import { staffText } from '../text/staff.ts';
import { say } from '../ui/announce.tsx';
import { focusOn } from '../ui/focus.ts';
import { putAway } from './users.ts';

const words = staffText.users;

/** Shown until it is put away; it can't be asked for again. */
export function GivenPassword({ user, password }: UserWithPassword): JSX.Element {
  const id = useId();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(password);
      say(words.copied);
    } catch {
      // The browser may forbid it: the password can be selected.
    }
  };
  return (
    <section class="note given" data-s="info" data-given={user.login} tabIndex={-1} aria-labelledby={id}>
      <h3 id={id}>{words.passwordFor(user.name, user.login)}</h3>
      <p class="given-password">
        <code>{password}</code>
      </p>
      <p>{words.passwordOnce}</p>
      <div class="row wrap">
        {isSecureContext ? (
          <button type="button" class="btn" onClick={() => void copy()}>
            {words.copy}
          </button>
        ) : null}
        <button
          type="button"
          class="btn"
          onClick={() => {
            putAway(user.id);
            focusOn('[data-add-user]');
          }}
        >
          {words.putAway}
        </button>
      </div>
    </section>
  );
}
