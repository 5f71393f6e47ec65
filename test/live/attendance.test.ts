import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type Attendance, type Seen, takeAttendance, type Watch } from '../../src/live/attendance.ts';
import { presenceTimes } from '../../src/live/presence-times.ts';
import type { PersonNow } from '../../src/views/people.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('attendance');
const times = presenceTimes(120_000);
const START = 1_000_000;

/** A site whose keeper looks; what each look finds is kept, as Redis keeps it. */
class Site {
  now = START;
  run = 'a';
  watch: Watch | undefined;
  people = new Map<string, PersonNow>();
  beats = new Map<string, number>();
  holders: Set<string> | undefined = new Set();

  seen(): Seen {
    const { now, run, watch, people, beats, holders } = this;
    return { now, run, watch, people, beats, holders };
  }

  note(...persons: string[]): this {
    for (const person of persons) this.beats.set(person, this.now);
    return this;
  }

  look(): Attendance {
    const found = takeAttendance(this.seen(), times);
    this.watch = found.watch;
    for (const [person, now] of found.changed) this.people.set(person, now);
    for (const person of found.forgotten) this.people.delete(person);
    return found;
  }

  /** Looks every second for so long, while these people are at a board; the last look's findings. */
  pass(ms: number, ...here: string[]): Attendance {
    for (const end = this.now + ms; this.now < end; this.now += times.lookMs) this.note(...here).look();
    return this.note(...here).look();
  }

  lose(): this {
    this.watch = undefined;
    this.people.clear();
    this.beats.clear();
    return this;
  }

  is(person: string): boolean | undefined {
    return this.people.get(person)?.present;
  }
}

/** Anna and Ben hold orders, and have been here for a while with others. */
function site(...others: string[]): Site {
  const made = new Site();
  made.holders = new Set(['anna', 'ben']);
  made.pass(60_000, 'anna', 'ben', ...others);
  return made;
}

test('the default times are those of the design', () => {
  assert.equal(times, {
    ...{ graceMs: 120_000, beatMs: 5_000, freshMs: 12_000, lookMs: 1_000, gapMs: 5_000, fallMs: 10_000 },
    ...{ lingerMs: 3_000, forgetMs: 3_600_000 },
  });
});

test('whoever is noted is present, since when it was noticed, and this is told once', () => {
  const made = new Site();
  assert.equal(made.note('anna').look().changed, new Map([['anna', { present: true, since: START }]]));
  made.now += 1_000;
  assert.is(made.note('anna').look().changed.size, 0);
});

test('one lost heartbeat makes nobody absent, two do', () => {
  const made = site();
  made.pass(9_000, 'ben');
  assert.is(made.is('anna'), true);
  made.pass(4_000, 'ben');
  assert.is(made.is('anna'), false);
});

test('a holder absent for the whole grace is overdue, not before, and only a holder', () => {
  const made = site('carl', 'dora', 'emil');
  made.pass(13_000, 'ben', 'dora', 'emil');
  const since = made.people.get('anna')!.since;
  assert.equal(made.pass(since + 119_000 - made.now, 'ben', 'dora', 'emil').overdue, []);
  assert.is(made.is('carl'), false);
  made.now += 1_000;
  assert.equal(made.note('ben').look().overdue, ['anna']);
});

test('whoever comes back has the whole grace again', () => {
  const made = site('carl', 'dora');
  made.pass(100_000, 'ben', 'carl', 'dora');
  made.pass(1_000, 'anna', 'ben', 'carl', 'dora');
  assert.is(made.is('anna'), true);
  assert.equal(made.pass(120_000, 'ben', 'carl', 'dora').overdue, []);
  assert.equal(made.pass(20_000, 'ben', 'carl', 'dora').overdue, ['anna']);
});

test('a look that comes too late starts the grace anew, and makes nobody absent at once', () => {
  const made = site('carl', 'dora');
  made.pass(130_000, 'ben', 'carl', 'dora');
  made.now += times.gapMs + 1;
  const { overdue, changed } = made.look();
  assert.equal([overdue, changed.size, made.is('ben')], [[], 0, true]);
  assert.equal(made.pass(119_000, 'ben', 'carl', 'dora').overdue, []);
  assert.equal(made.pass(1_000, 'ben', 'carl', 'dora').overdue, ['anna']);
});

test('another run of Redis starts the grace anew', () => {
  const made = site('carl', 'dora');
  made.pass(130_000, 'ben', 'carl', 'dora');
  made.run = 'b';
  assert.equal(made.note('ben').look().overdue, []);
  assert.equal(made.pass(119_000, 'ben', 'carl', 'dora').overdue, []);
  assert.equal(made.pass(1_000, 'ben', 'carl', 'dora').overdue, ['anna']);
});

test('an emptied Redis makes nobody absent, and gives every holder the grace again', () => {
  const made = site('carl', 'dora');
  made.pass(130_000, 'ben', 'carl', 'dora');
  made.lose().look();
  assert.is(made.people.size, 0, 'nothing is known of anybody');
  const lostAt = made.now;
  made.pass(6_000, 'ben');
  assert.equal([made.is('ben'), made.is('anna')], [true, undefined]);
  made.pass(7_000, 'ben');
  assert.is(made.is('anna'), false);
  assert.equal(made.pass(lostAt + 119_000 - made.now, 'ben').overdue, []);
  assert.equal(made.pass(14_000, 'ben').overdue, ['anna']);
});

test('while many are gone at once the grace of those who were away before starts anew', () => {
  const made = site('carl', 'dora', 'emil');
  made.pass(100_000, 'ben', 'carl', 'dora', 'emil');
  const fell = made.now;
  made.pass(20_000, 'ben', 'emil');
  assert.is(made.is('carl'), false);
  const { counting } = made.watch!;
  assert.ok(counting > fell);
  assert.equal(made.pass(counting + 119_000 - made.now, 'ben', 'emil').overdue, []);
  assert.equal(made.pass(2_000, 'ben', 'emil').overdue, ['anna']);
});

test('one who goes alone is no fall, however few there were', () => {
  const made = site();
  const { counting } = made.watch!;
  made.pass(20_000, 'ben');
  assert.is(made.watch!.counting, counting);
});

test('no fall: a third of them, or many one after the other', () => {
  const made = site('carl', 'dora', 'emil', 'fred');
  const { counting } = made.watch!;
  made.pass(30_000, 'anna', 'ben', 'carl', 'dora');
  assert.equal([made.is('emil'), made.watch!.counting], [false, counting]);
  for (const left of [['anna', 'ben', 'carl'], ['anna', 'ben'], ['anna']]) made.pass(30_000, ...left);
  assert.equal([made.is('ben'), made.watch!.counting], [false, counting]);
});

test('a holder who never opened a board is absent since that was noticed, and no fall', () => {
  const made = site();
  const { counting } = made.watch!;
  made.holders = new Set(['anna', 'ben', 'xena', 'yves']);
  made.now += 1_000;
  const noticed = made.now;
  made.note('anna', 'ben').look();
  const unseen = { present: false, since: noticed, unseen: true };
  assert.equal([made.people.get('xena'), made.people.get('yves')], [unseen, unseen]);
  assert.is(made.watch!.counting, counting);
  made.note('xena').look();
  assert.equal(made.people.get('xena'), { present: true, since: noticed });
});

test('who is away and holds nothing is forgotten after a while, who holds something never', () => {
  const made = site('carl');
  made.pass(14_000);
  made.holders = undefined;
  made.now += times.forgetMs;
  assert.equal(made.look().forgotten, [], 'not while nobody knows who holds what');
  made.holders = new Set(['anna']);
  assert.equal([...made.look().forgotten].sort(), ['ben', 'carl']);
  assert.equal([...made.people.keys()], ['anna']);
});

test('a clock of Redis that goes back is a break, and a note from its future no presence', () => {
  const made = site();
  made.now -= 40_000;
  assert.equal([made.look().overdue, made.watch!.recording], [[], made.now]);
  for (let n = 0; n < 14; n++) {
    made.now += 1_000;
    made.look();
  }
  assert.equal([made.is('anna'), made.is('ben')], [false, false]);
});

const step = fc.record({
  ms: fc.oneof({ weight: 12, arbitrary: fc.constant(1_000) }, fc.integer({ min: 0, max: 9_000 })),
  here: fc.subarray(['anna', 'ben', 'carl', 'dora', 'emil']),
  repeat: fc.integer({ min: 1, max: 140 }),
  fault: fc.oneof({ weight: 8, arbitrary: fc.constant('none') }, fc.constantFrom('emptied', 'restarted')),
});

test('however it went: overdue = for the whole grace looked for without a break, and never noted', () => {
  let overdueOnce = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const made = new Site();
      made.holders = new Set(['anna', 'ben']);
      const looks: { readonly at: number; readonly run: string; readonly first: boolean }[] = [];
      for (const { ms, here, repeat, fault } of steps) {
        if (fault === 'emptied') made.lose();
        if (fault === 'restarted') made.run += 'x';
        for (let n = 0; n < repeat; n++) {
          made.now += n === 0 ? ms : 1_000;
          looks.push({ at: made.now, run: made.run, first: made.watch === undefined });
          const { overdue, watch } = made.note(...here).look();
          const again = takeAttendance(made.seen(), times);
          assert.equal([again.changed.size, again.watch, again.overdue], [0, watch, overdue]);
          for (const person of here) assert.is(made.is(person), true);
          const window = looks.filter(({ at }) => at > made.now - times.graceMs);
          for (const person of overdue) {
            overdueOnce += 1;
            assert.ok((made.beats.get(person) ?? 0) <= made.now - times.graceMs, 'noted meanwhile');
            for (const [i, { at, run, first }] of window.entries()) {
              assert.ok(!first && run === made.run, 'another Redis');
              assert.ok(at - (window[i - 1]?.at ?? at) <= times.gapMs, 'a gap');
            }
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  assert.ok(overdueOnce > 0, 'somebody was overdue');
});
