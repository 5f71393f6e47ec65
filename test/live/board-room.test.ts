import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type BoardEntry, BoardRoom, frameOf, type RoomFrame } from '../../src/live/board-room.ts';
import { comparePositions } from '../../src/live/position.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('board room');

interface Member {
  readonly at: string;
  readonly frames: RoomFrame[];
  admitted: boolean;
}

function room(from: string, frameMs = 60_000): { room: BoardRoom<Member>; member(at: string): Member } {
  const all = new Set<Member>();
  const made = new BoardRoom<Member>({
    epoch: 'e',
    from,
    frameMs,
    sendAll(frame) {
      for (const m of all) if (m.admitted) m.frames.push(frame);
    },
    sendOne: (member, frame) => void member.frames.push(frame),
    admit(member) {
      member.admitted = true;
    },
  });
  return {
    room: made,
    member(at) {
      const member: Member = { at, frames: [], admitted: false };
      all.add(member);
      made.join(member, at);
      return member;
    },
  };
}

const entry = (n: number, order = `o${n % 5}`): BoardEntry => ({
  id: `${n}-0`,
  order,
  version: n,
  lane: 'new',
  card: {},
});

test('of several changes of one order a frame carries the newest, in the order of the newest', () => {
  const frame = frameOf('e', '0-0', '3-0', [entry(1, 'a'), entry(2, 'b'), entry(3, 'a')]);
  assert.equal(
    frame.changes.map(({ order, version }) => [order, version]),
    [
      ['b', 2],
      ['a', 3],
    ],
  );
});

test('of several changes of one person a frame carries the newest; without any it says nothing of people', () => {
  const at = (id: string, who: string, since: number): BoardEntry => ({
    id,
    people: { [who]: { present: true, since } },
  });
  const frame = frameOf('e', '0-0', '4-0', [at('1-0', 'ann', 1), entry(2), at('3-0', 'bob', 3), at('4-0', 'ann', 4)]);
  assert.equal(frame.people, { ann: { present: true, since: 4 }, bob: { present: true, since: 3 } });
  assert.is(frame.changes.length, 1);
  assert.not.ok('people' in frameOf('e', '0-0', '1-0', [entry(1)]));
});

test('whenever somebody comes, the frames follow its position without a gap and bring it to the same end', () => {
  const step = fc.oneof(fc.constant('entry'), fc.constant('flush'), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { room: made, member } = room('0-0');
      const members: Member[] = [];
      let last = 0;
      for (const what of [...steps, 'entry', 'flush'] as const) {
        if (what === 'entry') made.take([entry(++last)]);
        else if (what === 'flush') made.flush();
        else {
          // Snapshots are never older than what was sent, and may be newer than what came in by the tail.
          const ahead = Number(made.position.split('-')[0]) + what;
          if (ahead <= last) members.push(member(`${ahead}-0`));
        }
      }
      made.close();
      for (const { at, frames } of members) {
        let position = at;
        for (const frame of frames) {
          assert.is(frame.from, position);
          position = frame.to;
        }
        assert.is(position, `${last}-0`);
        const seen = new Map(frames.flatMap((frame) => frame.changes.map(({ order, version }) => [order, version])));
        for (let n = Number(at.split('-')[0]) + 1; n <= last; n++) assert.ok((seen.get(`o${n % 5}`) ?? 0) >= n);
      }
    }),
  );
});

test('a quiet board sends at once, a busy one bundles', async () => {
  const { room: made, member } = room('0-0', 30);
  const { frames } = member('0-0');
  made.take([entry(1)]);
  await until('the first frame is there', () => frames.length === 1);
  for (let n = 2; n <= 5; n++) made.take([entry(n)]);
  assert.is(frames.length, 1);
  await until('the second frame is there', () => frames.length === 2);
  assert.is(frames[1]?.changes.length, 4);
  made.close();
});

test('entries that were sent already are passed over', async () => {
  const { room: made, member } = room('5-0', 0);
  const { frames } = member('5-0');
  made.take([entry(4), entry(5)]);
  made.flush();
  assert.is(frames.length, 0);
});

test('positions are ordered as pairs of integers', () => {
  assert.ok(comparePositions('9-0', '10-0') < 0);
  assert.ok(comparePositions('10-9', '10-10') < 0);
  assert.is(comparePositions('1700000000000-3', '1700000000000-3'), 0);
});
