import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { NewUser } from '../../gateways/contract/users.ts';
import { newKey } from '../client/key.ts';
import { roleName } from '../text/roles.ts';
import { staffText } from '../text/staff.ts';
import { focusOn } from '../ui/focus.ts';
import { entries, Field } from '../ui/form.tsx';
import { me, roles, sitesHere } from './app.ts';
import { rolesToGive } from './roles-to-give.ts';
import { add } from './users.ts';

const words = staffText.users;

/** Sent again after an answer that was lost, it makes the same account and tells the same password. */
export function NewUserForm({ done }: { done: () => void }): JSX.Element {
  const busy = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const sent = useMemo(() => ({ key: newKey(), what: '' }), []);
  const own = typeof me.value === 'object' ? me.value.site : undefined;
  const role = useSignal(rolesToGive(roles.value)[0] ?? '');
  useEffect(() => focusOn('.new-user input'), []);
  const send = async (event: Event): Promise<void> => {
    const { login = '', name = '', site = '' } = entries(event);
    if (busy.value) return;
    busy.value = true;
    const user: NewUser = {
      login: login.trim(),
      name: name.trim(),
      roles: [role.value] as NewUser['roles'],
      ...(site === '' ? {} : { site }),
    };
    // Another account needs another key.
    const what = JSON.stringify(user);
    if (sent.what !== '' && sent.what !== what) sent.key = newKey();
    sent.what = what;
    fault.value = await add(user, sent.key);
    busy.value = false;
    if (fault.value === undefined) done();
  };
  return (
    <form class="panel stack new-user" aria-label={words.add} onSubmit={(event) => void send(event)}>
      <div class="two">
        <Field label={words.name} name="name" autocomplete="off" maxLength={200} />
        <Field
          label={words.login}
          name="login"
          autocomplete="off"
          minLength={3}
          maxLength={100}
          hint={words.loginHint}
        />
        <label class="entry">
          <span>{words.role}</span>
          <select
            value={role.value}
            onChange={({ currentTarget: { value } }) => {
              role.value = value;
            }}
          >
            {rolesToGive(roles.value).map((one) => (
              <option key={one} value={one}>
                {roleName(one)}
              </option>
            ))}
          </select>
        </label>
        {own === undefined ? (
          <label class="entry">
            <span>{words.site}</span>
            <select name="site">
              {role.value === 'operator' ? null : <option value="">{words.noSite}</option>}
              {sitesHere.value.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      {fault.value === undefined ? null : (
        <p class="note" data-s="stop" role="alert">
          {fault.value}
        </p>
      )}
      <div class="row wrap">
        <button type="submit" class="btn primary" aria-busy={busy.value || undefined}>
          {busy.value ? words.busy : words.make}
        </button>
        <button type="button" class="btn quiet" onClick={done}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
