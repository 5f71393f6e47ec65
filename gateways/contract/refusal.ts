/** What a refusal tells besides its code: the same over REST and sockets. */
import { type NameOf, person, type Viewer } from './shapes.ts';

type Details = Readonly<Record<string, unknown>>;

const holderIn = ({ holder }: Details): string | undefined =>
  typeof holder === 'object' && holder !== null && 'id' in holder && typeof holder.id === 'string'
    ? holder.id
    : undefined;

/** Ids of the persons that `renderDetails` will name. */
export const personsInDetails = (details: Details): string[] => {
  const holder = holderIn(details);
  return holder === undefined ? [] : [holder];
};

/** The holder gets its name, for staff; nobody else is told of one. */
export function renderDetails(details: Details, viewer: Viewer, nameOf: NameOf): Record<string, unknown> {
  const { holder: _, ...rest } = details;
  const id = holderIn(details);
  if (!viewer.staff || !('holder' in details)) return rest;
  return { ...rest, holder: id === undefined ? null : person(id, nameOf) };
}
