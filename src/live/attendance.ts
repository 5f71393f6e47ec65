/**
 * Who is present and who has been absent for too long: pure, from what stands in Redis at one moment.
 *
 * A1 Present = noted by any node within `freshMs`, by the clock of Redis; clocks of nodes don't count.
 * A2 Nobody becomes absent before heartbeats could be recorded for `freshMs` without a break. A break is another run of
 *    Redis, an emptied one, or a look that came too late.
 * A3 Absent for too long = for the whole grace, counted from the latest of: noticed absent, the last break, the last
 *    fall. A fall is more than a third of those present, and more than one, gone within `fallMs`.
 * A4 At the same moment a second look at what the first one left finds nothing new.
 */
import type { PersonNow } from '../views/people.ts';
import type { PresenceTimes } from './presence-times.ts';

/** Times in milliseconds since 1970. */
export interface Watch {
  /** Of the last look. */
  readonly at: number;
  /** Since when heartbeats could be recorded without a break. */
  readonly recording: number;
  /** Since when absence counts. */
  readonly counting: number;
  /** Which Redis this was. */
  readonly run: string;
}

export interface Seen {
  readonly now: number;
  readonly run: string;
  /** undefined = Redis knows of no look before. */
  readonly watch: Watch | undefined;
  readonly people: ReadonlyMap<string, PersonNow>;
  /** Person → when noted, the nearest to now. */
  readonly beats: ReadonlyMap<string, number>;
  /** Persons who hold an order; undefined = not known now. */
  readonly holders: ReadonlySet<string> | undefined;
}

export interface Attendance {
  readonly watch: Watch;
  readonly changed: ReadonlyMap<string, PersonNow>;
  /** Not seen for long, and holding nothing. */
  readonly forgotten: readonly string[];
  /** Holders who have been absent for the whole grace. */
  readonly overdue: readonly string[];
}

type Times = Pick<PresenceTimes, 'graceMs' | 'freshMs' | 'gapMs' | 'fallMs' | 'forgetMs'>;

export function takeAttendance(seen: Seen, times: Times): Attendance {
  const { now, run, people, holders = new Set<string>() } = seen;
  const before = goesOn(seen, times) ? seen.watch : undefined;
  const recording = before?.recording ?? now;
  const told = now - recording >= times.freshMs;

  const after = new Map(people);
  for (const person of new Set([...people.keys(), ...seen.beats.keys(), ...holders])) {
    const found = isHere(seen, person, times) ? here(seen, person) : told ? away(seen, person) : people.get(person);
    if (found !== undefined) after.set(person, found);
  }
  const forgotten = [...after].flatMap(([person, { present, since }]) =>
    seen.holders === undefined || present || holders.has(person) || now - since < times.forgetMs ? [] : [person],
  );
  const counting = Math.max(before?.counting ?? now, lastFall([...after.values()], now, times));
  const isOverdue = (person: string): boolean => {
    const found = after.get(person);
    return found !== undefined && !found.present && now - Math.max(found.since, counting) >= times.graceMs;
  };
  return {
    watch: { at: now, recording, counting, run },
    changed: new Map([...after].filter(([person, found]) => people.get(person) !== found)),
    forgotten,
    overdue: [...holders].filter(isOverdue),
  };
}

const goesOn = ({ watch, run, now }: Seen, { gapMs }: Times): boolean =>
  watch !== undefined && watch.run === run && now >= watch.at && now - watch.at <= gapMs;

/** A mark from the future is as old as one from the past: another clock made it. */
const isHere = ({ beats, now }: Seen, person: string, { freshMs }: Times): boolean =>
  Math.abs(now - (beats.get(person) ?? Number.NEGATIVE_INFINITY)) <= freshMs;

const here = ({ people, now }: Seen, person: string): PersonNow => {
  const known = people.get(person);
  return known?.present ? known : { present: true, since: now };
};

/** Who was never seen and holds nothing is nobody. */
const away = ({ people, holders, now }: Seen, person: string): PersonNow | undefined => {
  const known = people.get(person);
  if (known === undefined) return holders?.has(person) ? { present: false, since: now, unseen: true } : undefined;
  return known.present ? { present: false, since: now } : known;
};

/** When the last of many went; 0 = they were not many. */
function lastFall(people: readonly PersonNow[], now: number, { fallMs }: Times): number {
  const present = people.filter((person) => person.present).length;
  const gone = people.filter(({ present, unseen, since }) => !present && !unseen && now - since < fallMs);
  const fell = gone.length > 1 && gone.length > (gone.length + present) / 3;
  return fell ? Math.max(...gone.map(({ since }) => since)) : 0;
}
