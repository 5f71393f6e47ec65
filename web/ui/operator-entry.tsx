/** One operator, and what a supervisor changes. What is being written is kept while fresh figures come in. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Operator } from '../../gateways/contract/operator.ts';
import type { Named } from '../../gateways/contract/shapes.ts';
import { timeOfDay } from '../text/format.ts';
import { peopleText as words } from '../text/people.ts';
import { say } from './announce.tsx';
import { Lamp } from './mark.tsx';
import { StaffEntry } from './staff-entry.tsx';
import { now } from './ticking.ts';

export type OperatorChange = 'start-shift' | 'end-shift' | 'set-limit' | 'set-skills';
type Tell = (type: OperatorChange, fields?: Readonly<Record<string, unknown>>) => Promise<void>;

export interface OperatorEntryProps {
  readonly person: Operator;
  /** Those that are worked at the operator's site. */
  readonly materials: readonly Named[];
  /** Since when at no board, milliseconds since 1970; undefined: that is not known. */
  readonly awaySince: number | undefined;
  /** Resolves with a text when it did not work. */
  readonly change: (type: OperatorChange, fields?: Readonly<Record<string, unknown>>) => Promise<string | undefined>;
  /** Besides, where it is open. */
  readonly children?: ComponentChildren;
}

export function OperatorEntry({ person, materials, awaySince, change, children }: OperatorEntryProps): JSX.Element {
  const busy = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const tell: Tell = async (...what) => {
    if (busy.value) return;
    busy.value = true;
    try {
      fault.value = await change(...what);
    } finally {
      busy.value = false;
    }
    say(fault.value ?? words.saved(person.name));
  };
  const { onShift, shiftSince, name } = person;
  const facts = (
    <>
      <Here person={person} awaySince={awaySince} />
      <span>{onShift ? words.onShift(shiftSince && timeOfDay(shiftSince)) : words.offShift}</span>
      <span data-s={person.held > person.limit ? 'warn' : undefined}>{words.holds(person.held, person.limit)}</span>
      {person.skills === undefined ? null : <span>{skillsIn(person.skills, materials)}</span>}
    </>
  );
  return (
    <StaffEntry
      data-person={person.id}
      name={name}
      away={!person.present}
      busy={busy.value}
      fault={fault.value}
      facts={facts}
    >
      <Shift person={person} tell={tell} />
      <Limit person={person} tell={tell} />
      <Skills person={person} materials={materials} tell={tell} />
      {children}
    </StaffEntry>
  );
}

function Here({ person, awaySince: since }: Pick<OperatorEntryProps, 'person' | 'awaySince'>): JSX.Element {
  if (person.present)
    return (
      <span data-s="go">
        <Lamp name="flow" /> {words.present}
      </span>
    );
  return (
    <span>
      <Lamp name="wait" /> {since === undefined ? words.absent : words.away(Math.max(0, now.value - since))}
    </span>
  );
}

function skillsIn(skills: readonly string[], materials: readonly Named[]): string {
  if (skills.length === 0) return words.noSkills;
  const all = materials.every(({ id }) => skills.includes(id));
  const nameOf = (skill: string): string => materials.find(({ id }) => id === skill)?.name ?? skill;
  return all ? words.allSkills : words.fewSkills(skills.map(nameOf).join(', '));
}

const Shift = ({ person, tell }: { person: Operator; tell: Tell }): JSX.Element => (
  <div>
    <button type="button" class="btn small" onClick={() => void tell(person.onShift ? 'end-shift' : 'start-shift')}>
      {person.onShift ? words.endShift : words.startShift}
    </button>
    {person.onShift ? <small class="label"> {words.endShiftHint}</small> : null}
  </div>
);

function Limit({ person, tell }: { person: Operator; tell: Tell }): JSX.Element {
  const id = useId();
  return (
    <form
      class="person-limit"
      onSubmit={(event) => {
        event.preventDefault();
        const limit = Number(new FormData(event.currentTarget).get('limit'));
        void tell('set-limit', { limit });
      }}
    >
      <div class="entry">
        <label for={id}>{words.limit}</label>
        <input id={id} name="limit" type="number" min={1} max={1_000} required defaultValue={String(person.limit)} />
      </div>
      <button class="btn small" type="submit">
        {words.setLimit}
      </button>
    </form>
  );
}

function Skills(props: { person: Operator; materials: readonly Named[]; tell: Tell }): JSX.Element {
  const { person, materials, tell } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void tell('set-skills', { skills: new FormData(event.currentTarget).getAll('skill') });
      }}
    >
      <fieldset class="choices">
        <legend>{words.skills}</legend>
        {materials.map(({ id, name }) => (
          <label class="choice" key={id}>
            <input
              type="checkbox"
              name="skill"
              value={id}
              defaultChecked={person.skills === undefined || person.skills.includes(id)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <button class="btn small" type="submit">
        {words.setSkills}
      </button>
    </form>
  );
}
