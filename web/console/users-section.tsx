/** Accounts that this person looks after. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { problemText } from '../text/common.ts';
import { staffText } from '../text/staff.ts';
import { focusOn } from '../ui/focus.ts';
import { Fault } from '../ui/form.tsx';
import { Icon } from '../ui/mark.tsx';
import { GivenPassword } from './given-password.tsx';
import { NewUserForm } from './new-user-form.tsx';
import { SitePick } from './site-pick.tsx';
import { UserEntry } from './user-entry.tsx';
import { given, next, part, readUsers, users, usersFault } from './users.ts';

const words = staffText.users;

export function UsersSection(): JSX.Element {
  const adding = useSignal(false);
  const back = (): void => {
    adding.value = false;
    focusOn('[data-add-user]');
  };
  return (
    <section class="section" aria-labelledby="h-users">
      <div class="section-head">
        <h2 id="h-users">{words.title}</h2>
        <input
          class="field"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          autocomplete="off"
          maxLength={200}
          onChange={({ currentTarget: { value } }) => {
            part.value = value.trim();
          }}
        />
        <SitePick />
        <button
          type="button"
          class={adding.value ? 'btn push' : 'btn primary push'}
          data-add-user
          aria-expanded={adding.value}
          onClick={() => {
            adding.value = !adding.value;
          }}
        >
          <Icon name="plus" />
          {words.add}
        </button>
      </div>
      {adding.value ? <NewUserForm done={back} /> : null}
      {given.value.map((one) => (
        <GivenPassword key={one.user.id} {...one} />
      ))}
      {usersFault.value === undefined ? null : <Fault code={usersFault.value} text={problemText(usersFault.value)} />}
      {users.value === undefined && usersFault.value === undefined ? <Icon name="sync" turning /> : null}
      {users.value?.length === 0 ? <p class="panel dim">{words.none}</p> : null}
      {users.value === undefined || users.value.length === 0 ? null : (
        <ul class="panel entries" aria-label={words.title}>
          {users.value.map((user) => (
            <UserEntry key={user.id} user={user} />
          ))}
        </ul>
      )}
      {next.value === null ? null : (
        <button type="button" class="btn" onClick={() => void readUsers(next.value)}>
          {words.more}
        </button>
      )}
    </section>
  );
}
