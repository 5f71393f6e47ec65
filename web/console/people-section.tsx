/** The operators of the site, for supervisors: who is here, on shift, how much each holds; and what may be changed. */
import type { JSX } from 'preact';
import type { Operator } from '../../gateways/contract/operator.ts';
import { problemText } from '../text/common.ts';
import { peopleText } from '../text/people.ts';
import { staffText } from '../text/staff.ts';
import { catalog } from '../ui/catalog.ts';
import { Fault } from '../ui/form.tsx';
import { Icon } from '../ui/mark.tsx';
import { OperatorEntry } from '../ui/operator-entry.tsx';
import { changeOperator, crew, crewFault } from './crew.ts';
import { Held } from './held.tsx';
import { SitePick } from './site-pick.tsx';

export const PeopleSection = (): JSX.Element => (
  <section class="section" aria-labelledby="h-people">
    <div class="section-head">
      <h2 id="h-people">{staffText.people.title}</h2>
      <SitePick />
    </div>
    {crewFault.value === undefined ? null : <Fault code={crewFault.value} text={problemText(crewFault.value)} />}
    {crew.value === undefined && crewFault.value === undefined ? <Icon name="sync" turning /> : null}
    {crew.value?.length === 0 ? <p class="panel dim">{peopleText.nobody}</p> : null}
    {crew.value === undefined || crew.value.length === 0 ? null : (
      <ul class="panel entries">
        {crew.value.map((person) => (
          <OperatorEntry
            key={person.id}
            person={person}
            materials={materialsAt(person)}
            awaySince={undefined}
            change={(type, fields) => changeOperator(person.id, type, fields)}
          >
            <Held person={person} />
          </OperatorEntry>
        ))}
      </ul>
    )}
  </section>
);

const materialsAt = ({ site }: Operator) =>
  (catalog.value?.materials ?? []).filter(({ sites }) => sites.includes(site));
