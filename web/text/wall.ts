import { plural } from './common.ts';
import { duration, number } from './format.ts';
import { words } from './words.ts';

/** Words of the wall; `ms` are milliseconds. */
export const wallText = words('wall', {
  title: (site: string) => `Floor · ${site}`,
  heading: 'Floor',
  calm: 'Nothing late, nothing unattended',
  late: (count: number) => `${plural(count, 'order', 'orders')} late`,
  alone: (count: number) => `${number(count)} unattended`,
  asked: (count: number) => `${plural(count, 'cancellation', 'cancellations')} asked`,
  cut: (since: string) => `No connection since ${since}`,
  cutHint: 'This is the last known state.',
  counts: 'Counts',
  lanes: { new: 'New', in_work: 'In work', made: 'To pack' },
  oldest: { new: 'Oldest waits', in_work: 'Longest', made: 'Oldest waits' },
  usual: (ms: number) => `usual ${duration(ms)}`,
  nothing: 'nothing here',
  more: (count: number) => `+${number(count)}`,
  first: 'Take these first',
  noneFirst: 'Nothing needs anybody just now.',
  nobody: 'nobody yet',
  noSignal: (name: string) => `${name}, no signal`,
  entries: { cancel: 'to answer', late: 'late', alone: 'left', tight: 'left' },
  noDate: 'no date',
  shift: 'On shift',
  nobodyOnShift: 'Nobody is on shift.',
  away: (ms: number) => (ms < 60_000 ? 'just left' : `no signal ${duration(ms)}`),
  allSkills: 'all materials',
  skills: (count: number) => plural(count, 'material', 'materials'),
  slots: (held: number, limit: number) => `${held} of ${limit} slots`,
  notForYou: 'No board for this account',
});
