/** Signing out asks first while something that was done here is not sent yet: it would be lost. */
import { signal } from '@preact/signals';
import { unanswered } from './connection.ts';
import { session } from './session.ts';

export const signOutAsked = signal(false);

export function signOut(): void {
  if (unanswered.peek() > 0) signOutAsked.value = true;
  else void session.signOut();
}
