import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { staffText } from '../text/staff.ts';
import { say } from '../ui/announce.tsx';
import { given } from './users.ts';

const words = staffText.users;

/** Shown until it is put away or another part of the console is opened; it can't be asked for again. */
export function GivenPassword(): JSX.Element | null {
  const box = useRef<HTMLElement>(null);
  const shown = given.value;
  useEffect(() => box.current?.focus(), [shown]);
  if (shown === undefined) return null;
  const { user, password } = shown;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(password);
      say(words.copied);
    } catch {
      // The browser may forbid it: the password can be selected.
    }
  };
  return (
    <section class="note given" data-s="info" data-given={user.login} tabIndex={-1} ref={box} aria-labelledby="h-given">
      <h3 id="h-given">{words.passwordFor(user.name, user.login)}</h3>
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
            given.value = undefined;
          }}
        >
          {words.putAway}
        </button>
      </div>
    </section>
  );
}
