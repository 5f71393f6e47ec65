import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LogIn } from '../../gateways/contract/session.ts';
import { codeOf } from '../client/problem.ts';
import { commonText, problemText } from '../text/common.ts';
import { entries, Fault, Field } from './form.tsx';

export function SignIn({ signIn }: { signIn: (credentials: LogIn) => Promise<unknown> }): JSX.Element {
  const busy = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const words = commonText.signIn;
  const send = async (event: Event): Promise<void> => {
    const { login = '', password = '' } = entries(event);
    if (busy.value) return;
    busy.value = true;
    fault.value = undefined;
    try {
      await signIn({ login, password });
    } catch (error) {
      fault.value = codeOf(error);
    }
    busy.value = false;
  };
  return (
    <form class="panel stack" aria-label={words.title} onSubmit={(event) => void send(event)}>
      <h2>{words.title}</h2>
      <Field label={words.login} name="login" autocomplete="username" />
      <Field label={words.password} name="password" type="password" autocomplete="current-password" />
      {fault.value === undefined ? null : (
        <Fault
          code={fault.value}
          text={fault.value === 'unauthenticated' ? commonText.wrongLogin : problemText(fault.value)}
        />
      )}
      <button class="btn primary floor" type="submit" aria-busy={busy.value || undefined}>
        {busy.value ? words.busy : words.go}
      </button>
    </form>
  );
}
