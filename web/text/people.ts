import { duration } from './format.ts';
import { words } from './words.ts';

/** The panel of a site's operators. */
export const peopleText = words('people', {
  title: 'People',
  open: 'People',
  console: 'Console',
  loading: 'Asking who is there',
  nobody: 'No operators work at this site.',
  present: 'At a board',
  away: (ms: number) => (ms < 60_000 ? 'Just left' : `Away for ${duration(ms)}`),
  absent: 'Not here',
  onShift: (since: string | undefined) => (since === undefined ? 'On shift' : `On shift since ${since}`),
  offShift: 'Off shift',
  holds: (held: number, limit: number) => `${held} of ${limit} slots`,
  full: 'full',
  changeShort: 'Change',
  change: (name: string) => `Change ${name}`,
  startShift: 'Start shift',
  endShift: 'End shift',
  endShiftHint: 'Orders not started become free again.',
  limit: 'Slots',
  setLimit: 'Set slots',
  skills: 'Materials',
  setSkills: 'Set materials',
  allSkills: 'All materials',
  noSkills: 'None: can capture nothing',
  fewSkills: (names: string) => `Only ${names}`,
  saved: (name: string) => `Changed for ${name}.`,
});
