import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { Avatar } from './avatar.tsx';

/** Who is signed in; pressed, no longer. */
export function SignedIn({ name, signOut }: { name: string; signOut: () => unknown }): JSX.Element {
  const label = `${name}. ${commonText.signOut}`;
  return (
    <button type="button" class="btn quiet person" aria-label={label} title={label} onClick={() => void signOut()}>
      <Avatar name={name} mine />
      <span class="person-out">{commonText.signOut}</span>
    </button>
  );
}
