import { lowerFirst, plural } from './common.ts';
import { duration, number } from './format.ts';
import { words } from './words.ts';

/** Words of the board. `ms` are milliseconds. */
export const boardText = words('board', {
  title: 'Board',
  pageTitle: (site: string) => `Board · ${site}`,
  skip: 'Skip to orders',
  lanes: { new: 'New', in_work: 'In work', made: 'Made' },
  parts: {
    offered: 'Offered to you',
    mine: 'Mine',
    free: 'Started, nobody holds it',
    alone: 'Unattended',
    others: 'Others',
  } as Readonly<Record<string, string>>,
  oldest: (ms: number) => `oldest ${duration(ms)}`,
  empty: {
    new: 'Nothing waits to be taken.',
    in_work: 'Nobody works on anything just now.',
    made: 'Nothing waits to be packed.',
  },
  newAbove: (count: number) => `${number(count)} new above`,

  towerCalm: 'Nothing late, nothing unattended',
  tower: (late: number, alone: number, asked: number) =>
    [
      late > 0 ? `${number(late)} late` : '',
      alone > 0 ? `${number(alone)} unattended` : '',
      asked > 0 ? `${plural(asked, 'cancellation', 'cancellations')} asked` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),

  shift: { start: 'Start shift', end: 'End shift', starting: 'Starting', ending: 'Ending', off: 'Off shift' },
  slots: {
    label: 'my slots',
    group: (held: number, limit: number) => `My slots: ${held} of ${limit} in use`,
    order: (number: string) => `${number.slice(-3)}, order ${number}`,
    free: 'free',
    more: (count: number) => `${count} free`,
  },

  dismiss: 'Dismiss',

  card: {
    priority: ['', 'Raised', 'High', 'Rush'] as readonly string[],
    material: (name: string, finish: string) => `${name}, ${lowerFirst(finish)}`,
    onHold: 'On hold',
    late: (ms: number) => `${duration(ms)} late`,
    left: (ms: number) => `${duration(ms)} left`,
    inTime: (ms: number) => `in ${duration(ms)}`,
    noDue: 'no date',
    free: (ms: number) => (ms < 60_000 ? 'Just came in' : `Free for ${duration(ms)}`),
    nobody: (ms: number) => `Nobody took it for ${duration(ms)}`,
    dropped: (ms: number) => `Started, given back ${duration(ms)} ago`,
    mineCaptured: (ms: number) =>
      ms < 60_000 ? 'Captured just now, not started' : `Captured ${duration(ms)} ago, not started`,
    mineStarted: (ms: number) => `In work for ${duration(ms)}`,
    otherCaptured: (name: string, ms: number) =>
      ms < 60_000 ? `${name}, captured just now` : `${name}, captured ${duration(ms)} ago`,
    otherStarted: (name: string, ms: number) => `${name}, in work for ${duration(ms)}`,
    alone: (name: string, ms: number) => `${name}: no signal for ${duration(ms)}`,
    held: (reason: string, ms: number) => `${reason}, on hold for ${duration(ms)}`,
    made: (ms: number) => (ms < 60_000 ? 'Made just now' : `Made ${duration(ms)} ago`),
    packing: (ms: number) => `In packing for ${duration(ms)}`,
    away: (what: string, ms: number) => `${what}; away for ${duration(ms)}`,
  },

  lost: {
    title: (name: string, ms: number) => {
      if (ms < 100) return `${name} took it less than 0.1 s earlier`;
      if (ms < 10_000) return `${name} took it ${number(ms / 1_000)} s earlier`;
      return ms < 60_000 ? `${name} took it ${duration(ms)} earlier` : `${name} took it ${duration(ms)} ago`;
    },
    taken: (name: string) => `${name} took it`,
    gone: 'This order has left the board',
    made: 'It is made now',
    free: 'It is free again',
    show: 'Show',
    showFor: (number: string) => `Show order ${number}`,
    slots: 'Your slots are unchanged',
    similar: (digits: string) => `Similar: ${digits}`,
    similarFor: (digits: string, number: string) => `Similar: ${digits}, free order ${number}`,
  },

  keys: {
    card: 'card',
    lane: 'lane',
    actions: 'to its buttons',
    capture: 'capture',
    start: 'start',
    done: 'done',
    hold: 'hold or resume',
    handOver: 'hand over',
    release: 'release',
    next: 'next best',
    alarm: 'first alarm',
  },
  notForYou: {
    title: 'No board for this account',
    text: 'The board is for those who work at this site.',
    shop: 'To the shop',
  },
});
