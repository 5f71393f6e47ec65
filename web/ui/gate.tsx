import type { JSX } from 'preact';
import type { LogIn } from '../../gateways/contract/session.ts';
import { commonText } from '../text/common.ts';
import { SignIn } from './sign-in.tsx';

/** In place of a page of the staff, until somebody has signed in. */
export const Gate = ({ signIn }: { signIn: (credentials: LogIn) => Promise<unknown> }): JSX.Element => (
  <main class="gate">
    <h1>{commonText.product}</h1>
    <SignIn signIn={signIn} />
  </main>
);
