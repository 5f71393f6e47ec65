import type { JSX } from 'preact';
import { wallText } from '../text/wall.ts';
import { Avatar } from '../ui/avatar.tsx';
import { catalog, materialName } from '../ui/catalog.ts';
import { Lamp } from '../ui/mark.tsx';
import { site } from './app.ts';
import type { Person, Wall } from './view.ts';

export const Crew = ({ crew }: { crew: Wall['crew'] }): JSX.Element => (
  <section class="box shift" aria-label={wallText.shift}>
    {crew.length === 0 ? <p>{wallText.nobodyOnShift}</p> : null}
    <ul>
      {crew.map((person) => (
        <Member key={person.id} person={person} />
      ))}
    </ul>
  </section>
);

function Member({ person: { name, held, limit, skills, awayMs } }: { person: Person }): JSX.Element {
  return (
    <li>
      <Avatar name={name} away={awayMs !== undefined} />
      <div>
        <b>{name}</b>
        {awayMs === undefined ? (
          <small>{skillsText(skills)}</small>
        ) : (
          <small data-s="warn">
            <Lamp name="alone" />
            {wallText.away(awayMs)}
          </small>
        )}
      </div>
      <span class="pips" role="img" aria-label={wallText.slots(held, limit)}>
        {limit > MOST_PIPS ? (
          <b aria-hidden="true">
            {held}/{limit}
          </b>
        ) : (
          Array.from({ length: Math.max(held, limit) }, (_, at) => <i key={at} class={at < held ? 'on' : undefined} />)
        )}
      </span>
    </li>
  );
}

/** More slots than these are a figure. */
const MOST_PIPS = 5;

function skillsText(skills: readonly string[]): string {
  const here = (catalog.value?.materials ?? []).filter(({ sites }) => sites.includes(site.value ?? ''));
  if (here.length > 0 && here.every(({ id }) => skills.includes(id))) return wallText.allSkills;
  const [only] = skills;
  return only !== undefined && skills.length === 1 ? materialName(only) : wallText.skills(skills.length);
}
