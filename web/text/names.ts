/** What the server has names for in several languages: materials, finishes, urgencies, reasons and sites. */
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Named } from '../../gateways/contract/shapes.ts';
import { language } from './language.ts';

/** What may be ordered: the name the log has for it, and the reader's. */
const known = new Map<string, string>();

const own = <T extends Named>(one: T): T => ({ ...one, name: one.names?.[language] ?? one.name });

/** The catalogue with every name in the reader's language, where a tariff has it. Done once, when it arrives. */
export function inOurLanguage(catalog: Catalog): Catalog {
  for (const one of [
    ...catalog.materials.flatMap((material) => [material, ...material.finishes]),
    ...catalog.urgencies,
  ])
    known.set(one.name, own(one).name);
  return {
    ...catalog,
    sites: catalog.sites.map(own),
    materials: catalog.materials.map((material) => ({ ...own(material), finishes: material.finishes.map(own) })),
    urgencies: catalog.urgencies.map(own),
    reasons: Object.fromEntries(Object.entries(catalog.reasons).map(([command, list]) => [command, list.map(own)])),
  };
}

/** For a name that stands in the log, as in the lines of a price. */
export const nameInLog = (name: string): string | undefined => known.get(name);
