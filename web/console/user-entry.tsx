import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { User } from '../../gateways/contract/users.ts';
import { when } from '../text/format.ts';
import { roleName } from '../text/roles.ts';
import { staffText } from '../text/staff.ts';
import { Avatar } from '../ui/avatar.tsx';
import { siteName } from '../ui/catalog.ts';
import { Lamp } from '../ui/mark.tsx';
import { giveNewPassword, turn } from './users.ts';

const words = staffText.users;

/** One account; what ends sessions is asked twice. */
export function UserEntry({ user }: { user: User }): JSX.Element {
  const id = useId();
  const open = useSignal(false);
  const asked = useSignal<'disable' | 'password' | undefined>(undefined);
  const busy = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const disabled = user.disabledAt !== null;
  const send = async (act: () => Promise<string | undefined>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    fault.value = await act();
    busy.value = false;
    asked.value = undefined;
  };
  return (
    <li class="person-entry" data-user={user.login} aria-busy={busy.value || undefined}>
      <Avatar name={user.name} away={disabled} />
      <div>
        <p class="person-name">{user.name}</p>
        <p class="person-facts">
          <span>{user.login}</span>
          <span>{user.roles.map(roleName).join(', ')}</span>
          {user.site === null ? null : <span>{siteName(user.site)}</span>}
          {user.disabledAt === null ? null : (
            <span data-s="warn">
              <Lamp name="hold" tone="warn" /> {words.disabled} {words.since(when(user.disabledAt))}
            </span>
          )}
        </p>
        {fault.value === undefined ? null : (
          <p class="note" data-s="stop" role="alert">
            {fault.value}
          </p>
        )}
      </div>
      <button
        type="button"
        class="btn small"
        aria-label={words.change(user.name)}
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => {
          open.value = !open.value;
          asked.value = undefined;
        }}
      >
        {words.changeShort}
      </button>
      {open.value ? (
        <div class="person-changes" id={id}>
          <div class="row wrap">
            <button
              type="button"
              class="btn small"
              aria-expanded={asked.value === 'password'}
              onClick={() => {
                asked.value = 'password';
              }}
            >
              {words.newPassword}
            </button>
            {disabled ? (
              <button type="button" class="btn small" onClick={() => void send(() => turn(user, false))}>
                {words.enable}
              </button>
            ) : (
              <button
                type="button"
                class="btn small"
                data-s="stop"
                aria-expanded={asked.value === 'disable'}
                onClick={() => {
                  asked.value = 'disable';
                }}
              >
                {words.disable}
              </button>
            )}
          </div>
          {asked.value === undefined ? null : (
            <Sure
              text={words.sure[asked.value]}
              label={asked.value === 'disable' ? words.disable : words.newPassword}
              stop={asked.value === 'disable'}
              go={() => void send(() => (asked.value === 'disable' ? turn(user, true) : giveNewPassword(user)))}
              back={() => {
                asked.value = undefined;
              }}
            />
          )}
        </div>
      ) : null}
    </li>
  );
}

const Sure = (props: { text: string; label: string; stop: boolean; go: () => void; back: () => void }): JSX.Element => (
  <fieldset class="sure" aria-label={props.label}>
    <p>{props.text}</p>
    <div class="row wrap">
      <button
        type="button"
        class={props.stop ? 'btn small' : 'btn small primary'}
        data-s={props.stop ? 'stop' : undefined}
        data-sure
        onClick={props.go}
      >
        {props.label}
      </button>
      <button type="button" class="btn small quiet" onClick={props.back}>
        {words.cancel}
      </button>
    </div>
  </fieldset>
);
