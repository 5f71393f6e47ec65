/**
 * The presence at one site as the keeper watches it: each look is told to the board and kept in Redis. Two who look at
 * once do no harm: what was decided on is compared before anything is written.
 */
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import { run } from '../hot/script.ts';
import { SCRIPTS } from '../hot/scripts.ts';
import { parsePeople } from '../views/people.ts';
import { type Attendance, type Seen, takeAttendance, type Watch } from './attendance.ts';
import { personIn } from './presence.ts';
import type { PresenceTimes } from './presence-times.ts';

export interface PresenceWatchOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly site: string;
  readonly times: PresenceTimes;
  readonly streamKeep: number;
}

/** Persons who hold an order of the site; undefined = not known now. */
type Holders = ReadonlySet<string> | undefined;

export class PresenceWatch {
  readonly #options: PresenceWatchOptions;

  constructor(options: PresenceWatchOptions) {
    this.#options = options;
  }

  /** Holders who have been absent for the whole grace. Rejects with `redis_away`: then nobody is known to be. */
  async look(holders: Holders): Promise<readonly string[]> {
    const seen = await this.#see(holders);
    const attendance = takeAttendance(seen, this.#options.times);
    return (await this.#tell(seen, attendance)) ? attendance.overdue : [];
  }

  /** Is this still so? Changes nothing. */
  async isOverdue(holder: string): Promise<boolean> {
    const seen = await this.#see(new Set([holder]));
    return takeAttendance(seen, this.#options.times).overdue.includes(holder);
  }

  async #see(holders: Holders): Promise<Seen> {
    const { redis, keys, site } = this.#options;
    const names = [keys.presence(site), keys.people(site), keys.presenceWatch(site)];
    const { now, run: runId, noted, people, watch } = await run(redis, SCRIPTS.presenceLook, names, []);
    return {
      now,
      run: runId,
      watch: watchFrom(watch),
      people: new Map(Object.entries(parsePeople(people))),
      beats: nearest(noted, now),
      holders,
    };
  }

  /** false = somebody else looked meanwhile. */
  #tell(seen: Seen, { watch, changed, forgotten }: Attendance): Promise<boolean> {
    const { redis, keys, site, streamKeep } = this.#options;
    const names = [keys.people(site), keys.presenceWatch(site), keys.boardMeta(site), keys.boardStream(site)];
    const told = changed.size === 0 ? '' : JSON.stringify(Object.fromEntries(changed));
    const { at, recording, counting, run: runId } = watch;
    return run(redis, SCRIPTS.presenceTell, names, [
      ...[seen.watch?.at ?? '', at, recording, counting, runId, streamKeep, told, changed.size],
      ...[...changed].flatMap(([person, now]) => [person, JSON.stringify(now)]),
      ...forgotten,
    ]);
  }
}

function watchFrom([at, recording, counting, runId]: readonly (string | null)[]): Watch | undefined {
  if (at == null || recording == null || counting == null || runId == null) return undefined;
  return { at: Number(at), recording: Number(recording), counting: Number(counting), run: runId };
}

/** Of a person at several nodes the note nearest to now. */
function nearest(noted: readonly string[], now: number): ReadonlyMap<string, number> {
  const beats = new Map<string, number>();
  for (let i = 0; i < noted.length; i += 2) {
    const [person, at] = [personIn(noted[i] ?? ''), Number(noted[i + 1])];
    const known = beats.get(person);
    if (known === undefined || Math.abs(now - at) < Math.abs(now - known)) beats.set(person, at);
  }
  return beats;
}
