/** Which part of the console is shown, which orders it lists, which one is open, and the addresses of that. Pure. */
import { STATUSES } from '../../gateways/contract/statuses.ts';

/** Parts of the console, in the order in which its header names them. */
export const SECTIONS = ['work', 'orders', 'people', 'users', 'jobs'] as const;
export type Section = (typeof SECTIONS)[number];

/** `waiting`: somebody of the CRM must act; `open`: not ended; else those of one status. */
export type View = 'waiting' | 'open' | (typeof STATUSES)[number];
export interface Route {
  /** undefined: the one that is this person's own. */
  readonly section: Section | undefined;
  /** undefined: no list of orders is asked for, or none that there is. */
  readonly view: View | undefined;
  readonly order: string | undefined;
}

const FOR: Readonly<Record<string, readonly Section[]>> = {
  crm: ['work', 'orders'],
  carrier: ['orders'],
  supervisor: ['orders', 'people', 'users'],
  engineer: ['orders', 'users', 'jobs'],
};

const isView = (text: string): text is View =>
  text === 'waiting' || text === 'open' || STATUSES.some((status) => status === text);
const sectionOf = (view: View): Section => (view === 'waiting' ? 'work' : 'orders');

/** `#people`, `#/PRICE_FAILED`, `#/open/<order>`; the first part is a section or a list of orders. */
export function readRoute(hash: string): Route {
  const [first = '', second] = hash.replace(/^#?\/?/, '').split('/');
  const order = second === undefined || second === '' ? undefined : second;
  if (isView(first)) return { section: sectionOf(first), view: first, order };
  const section = SECTIONS.find((one) => one === first);
  return { section, view: section === 'work' ? 'waiting' : undefined, order };
}

export const address = (view: View, order?: string): string => `#/${view}${order === undefined ? '' : `/${order}`}`;
export const sectionAddress = (section: Section): string => `#${section}`;

/** What there is for somebody of these roles. */
export const sectionsFor = (roles: readonly string[]): readonly Section[] =>
  SECTIONS.filter((section) => roles.some((role) => FOR[role]?.includes(section)));

/** A carrier has one list, everybody else may look through all. */
export const onlyCarries = (roles: readonly string[]): boolean =>
  roles.includes('carrier') && sectionsFor(roles.filter((role) => role !== 'carrier')).length === 0;

/** Where somebody begins: at what waits for them. */
export function ownView(roles: readonly string[]): View {
  if (roles.includes('crm')) return 'waiting';
  return onlyCarries(roles) ? 'SHIPPED' : 'open';
}

/** What is shown for this address to somebody of these roles: never what is not theirs. */
export function shownAt({ section, view }: Route, roles: readonly string[]): { section: Section; view: View } {
  const own = ownView(roles);
  const there = section !== undefined && sectionsFor(roles).includes(section) ? section : sectionOf(own);
  const list = view !== undefined && sectionOf(view) === there ? view : own;
  return { section: there, view: there === 'orders' && list === 'waiting' ? 'open' : list };
}
