import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { codeOf } from '../client/problem.ts';
import { commonText, problemText } from '../text/common.ts';
import { shopText } from '../text/shop.ts';
import { entries, Fault, Field } from '../ui/form.tsx';
import { SignIn } from '../ui/sign-in.tsx';
import { session } from './app.ts';

export const Gate = (): JSX.Element => (
  <main class="welcome">
    <div class="welcome-words">
      <h1>{shopText.welcome}</h1>
      <p class="dim">{shopText.welcomeText}</p>
    </div>
    <SignIn signIn={(credentials) => session.signIn(credentials)} />
    <SignUp />
  </main>
);

function SignUp(): JSX.Element {
  const busy = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const words = commonText.signUp;
  const send = async (event: Event): Promise<void> => {
    const { name = '', contact = '', login = '', password = '' } = entries(event);
    if (busy.value) return;
    busy.value = true;
    fault.value = undefined;
    try {
      await session.signUp({ name, contact, login, password });
    } catch (error) {
      fault.value = codeOf(error);
    }
    busy.value = false;
  };
  return (
    <form class="panel stack" aria-label={words.title} onSubmit={(event) => void send(event)}>
      <h2>{words.title}</h2>
      <Field label={words.name} name="name" autocomplete="name" />
      <Field label={words.contact} name="contact" autocomplete="email" minLength={3} hint={words.contactHint} />
      <Field label={commonText.signIn.login} name="login" autocomplete="username" minLength={3} />
      <Field
        label={commonText.signIn.password}
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={8}
        hint={words.passwordHint}
      />
      {fault.value === undefined ? null : (
        <Fault code={fault.value} text={commonText.signUpProblems[fault.value] ?? problemText(fault.value)} />
      )}
      <button class="btn floor" type="submit" aria-busy={busy.value || undefined}>
        {busy.value ? words.busy : words.go}
      </button>
    </form>
  );
}
