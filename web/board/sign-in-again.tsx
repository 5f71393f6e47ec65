/** Over the page, which stays as it is: whose session is over signs in again. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { againText as words } from '../text/again.ts';
import { SignIn } from '../ui/sign-in.tsx';
import { session } from './session.ts';
import { sessionOver } from './who.ts';

export function SignInAgain({ name }: { name: string }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const it = dialog.current;
    it?.showModal();
    // What had the focus has it again.
    return () => it?.close();
  }, []);
  return (
    <dialog
      class="sheet again"
      ref={dialog}
      aria-labelledby="again-title"
      onCancel={(event) => event.preventDefault()}
      onClose={() => {
        if (sessionOver.peek()) dialog.current?.showModal();
      }}
    >
      <h2 id="again-title">{words.title}</h2>
      <p>{words.why(name)}</p>
      <p class="dim">{words.other}</p>
      <SignIn signIn={(credentials) => session.signIn(credentials)} />
    </dialog>
  );
}
