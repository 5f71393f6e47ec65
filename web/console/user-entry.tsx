import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { User } from '../../gateways/contract/users.ts';
import { when } from '../text/format.ts';
import { roleName } from '../text/roles.ts';
import { staffText } from '../text/staff.ts';
import { siteName } from '../ui/catalog.ts';
import { Lamp } from '../ui/mark.tsx';
import { StaffEntry } from '../ui/staff-entry.tsx';
import { giveNewPassword, turn } from './users.ts';

const words = staffText.users;

/** One account; what ends sessions is asked twice. */
export function UserEntry({ user }: { user: User }): JSX.Element {
  const busy = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const send: Send = async (act) => {
    if (busy.value) return;
    busy.value = true;
    fault.value = await act();
    busy.value = false;
  };
  return (
    <StaffEntry
      data-user={user.login}
      name={user.name}
      away={user.disabledAt !== null}
      busy={busy.value}
      fault={fault.value}
      facts={<Facts user={user} />}
    >
      <Changes user={user} send={send} />
    </StaffEntry>
  );
}

/** `act` resolves with a text when it did not work. */
type Send = (act: () => Promise<string | undefined>) => Promise<void>;

const Facts = ({ user: { login, roles, site, disabledAt } }: { user: User }): JSX.Element => (
  <>
    <span>{login}</span>
    <span>{roles.map(roleName).join(', ')}</span>
    {site === null ? null : <span>{siteName(site)}</span>}
    {disabledAt === null ? null : (
      <span data-s="warn">
        <Lamp name="hold" tone="warn" /> {words.disabled} {words.since(when(disabledAt))}
      </span>
    )}
  </>
);

function Changes({ user, send }: { user: User; send: Send }): JSX.Element {
  const asked = useSignal<'disable' | 'password' | undefined>(undefined);
  const ask = (what: 'disable' | 'password' | undefined): void => {
    asked.value = what;
  };
  const finish = async (act: () => Promise<string | undefined>): Promise<void> => {
    await send(act);
    ask(undefined);
  };
  return (
    <>
      <div class="row wrap">
        <button
          type="button"
          class="btn small"
          aria-expanded={asked.value === 'password'}
          onClick={() => ask('password')}
        >
          {words.newPassword}
        </button>
        {user.disabledAt === null ? (
          <button
            type="button"
            class="btn small"
            data-s="stop"
            aria-expanded={asked.value === 'disable'}
            onClick={() => ask('disable')}
          >
            {words.disable}
          </button>
        ) : (
          <button type="button" class="btn small" onClick={() => void finish(() => turn(user, false))}>
            {words.enable}
          </button>
        )}
      </div>
      {asked.value === undefined ? null : (
        <Sure
          text={words.sure[asked.value]}
          label={asked.value === 'disable' ? words.disable : words.newPassword}
          stop={asked.value === 'disable'}
          go={() => void finish(() => (asked.value === 'disable' ? turn(user, true) : giveNewPassword(user)))}
          back={() => ask(undefined)}
        />
      )}
    </>
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
