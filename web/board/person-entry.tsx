import type { JSX } from 'preact';
import type { Operator } from '../../gateways/contract/operator.ts';
import { OperatorEntry } from '../ui/operator-entry.tsx';
import { awaySince } from './presence.ts';
import { tellOperator } from './shift.ts';
import { materialsHere } from './who.ts';

/** One operator in the panel of people. */
export const PersonEntry = ({ person }: { person: Operator }): JSX.Element => (
  <OperatorEntry
    person={person}
    materials={materialsHere()}
    awaySince={awaySince(person.id)}
    change={(type, fields) => tellOperator(person.id, type, fields)}
  />
);
