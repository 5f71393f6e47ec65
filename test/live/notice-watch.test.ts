import { EventEmitter } from 'node:events';
import * as assert from 'uvu/assert';
import type { Principal } from '../../src/identity/principal.ts';
import { NoticeWatch } from '../../src/live/notice-watch.ts';
import type { ToldNotice } from '../../src/runtime/apply.ts';
import { spec } from '../_kit/spec.ts';

/** A connection that only notes what it is asked. */
class Subscriber extends EventEmitter {
  readonly asked: string[] = [];
  away = false;

  ssubscribe = (channel: string) => this.#note(`+${channel}`);
  sunsubscribe = (channel: string) => this.#note(`-${channel}`);
  disconnect = () => void this.asked.push('end');

  async #note(what: string): Promise<unknown> {
    if (this.away) throw new Error('Connection is closed.');
    return this.asked.push(what);
  }
}

const line = (id: string, socket = id) => ({
  principal: { id } as Principal,
  socket,
  slow: false,
  drained: undefined as (() => void) | undefined,
  whenDrained(then: () => void) {
    this.drained = then;
  },
});
const START = Date.parse('2026-03-02T08:00:00.000Z');

interface Watched {
  readonly subscriber: Subscriber;
  readonly heard: readonly string[];
  readonly clock: { now: number };
  readonly watch: NoticeWatch<ReturnType<typeof line>>;
  /** A message on this channel. */
  say(channel: string, more?: Partial<ToldNotice>): void;
}

const test = spec<Watched>('notice watch', async (lend) => {
  const subscriber = new Subscriber();
  const heard: string[] = [];
  const clock = { now: START };
  const watch = new NoticeWatch<ReturnType<typeof line>>({
    subscriber: subscriber as never,
    now: () => clock.now,
    tell: ({ socket }, { actor, version, kind }) => heard.push(`${socket} ${kind} ${actor}@${version}`),
  });
  const say = (channel: string, more: Partial<ToldNotice> = {}): void => {
    const at = new Date(START).toISOString();
    const notice: ToldNotice = { actor: 'order', version: 7, kind: 'released', by: 'boss', at, ...more };
    subscriber.emit('smessage', channel, JSON.stringify(notice));
  };
  await lend({ subscriber, heard, clock, watch, say });
});

test('all sockets of a person hear, others do not', ({ watch, say, heard }) => {
  watch.came(line('olga', 'one'), ['olga']);
  watch.came(line('olga', 'two'), ['olga']);
  watch.came(line('otto'), ['otto']);
  say('olga');
  assert.equal(heard, ['one released order@7', 'two released order@7']);
});

test('a notice is told once, whatever channel brings it and however often; the next one is another', (at) => {
  const { watch, say, heard } = at;
  watch.came(line('clara'), ['clara', 'crm']);
  say('clara');
  say('crm');
  say('clara');
  say('clara', { version: 8 });
  say('clara', { kind: 'hand_over' });
  assert.equal(heard, ['clara released order@7', 'clara released order@8', 'clara hand_over order@7']);
});

test('a repeat finds nobody who hears it again, also where the socket is another by then', (at) => {
  const { watch, say, heard } = at;
  const first = line('olga', 'one');
  watch.came(first, ['olga']);
  say('olga');
  watch.gone(first);
  watch.came(line('olga', 'two'), ['olga']);
  say('olga');
  assert.equal(heard, ['one released order@7']);
});

test('what is older than a minute tells nobody, also when the repeat was forgotten', ({ watch, say, heard, clock }) => {
  watch.came(line('olga'), ['olga']);
  say('olga');
  clock.now += 60_000;
  say('olga');
  say('olga', { version: 8 });
  clock.now += 1;
  say('olga');
  say('olga', { version: 9 });
  assert.equal(heard, ['olga released order@7', 'olga released order@8']);
});

test('a repeat from a clock that is ahead of ours is known as long as it is not too old', (at) => {
  const { watch, say, heard, clock } = at;
  watch.came(line('olga'), ['olga']);
  const ahead = { at: new Date(START + 30_000).toISOString() };
  say('olga', ahead);
  clock.now += 80_000;
  say('olga', { version: 8, at: new Date(clock.now).toISOString() });
  say('olga', ahead);
  assert.equal(heard, ['olga released order@7', 'olga released order@8']);
});

test('who did it is not told of it', ({ watch, say, heard }) => {
  watch.came(line('boss'), ['boss', 'crm']);
  watch.came(line('clara'), ['clara', 'crm']);
  say('crm');
  assert.equal(heard, ['clara released order@7']);
});

test('a channel is subscribed with the first who listens and given up with the last', ({ watch, subscriber }) => {
  const [clara, carl, again] = [line('clara'), line('carl'), line('clara', 'again')];
  watch.came(clara, ['clara', 'crm']);
  watch.came(again, ['clara', 'crm']);
  watch.came(carl, ['carl', 'crm']);
  watch.gone(clara);
  watch.gone(clara);
  watch.gone(carl);
  assert.equal(subscriber.asked, ['+clara', '+crm', '+carl', '-carl']);
  watch.gone(again);
  assert.equal(subscriber.asked.slice(4), ['-clara', '-crm']);
  watch.close();
  assert.is(subscriber.asked.at(-1), 'end');
});

test('who came while Redis was away is subscribed when it is back', ({ watch, subscriber, say, heard }) => {
  subscriber.away = true;
  watch.came(line('olga'), ['olga']);
  subscriber.away = false;
  subscriber.emit('ready');
  assert.equal(subscriber.asked, ['+olga']);
  say('olga');
  assert.is(heard.length, 1);
});

test('a guest hears nothing and is no trouble', ({ watch, subscriber }) => {
  const guest = { ...line(''), principal: undefined };
  watch.came(guest as never, ['x']);
  watch.gone(guest as never);
  assert.equal(subscriber.asked, []);
});

test('who can’t keep up is told once drained: the newest, and nothing that is late by then', (at) => {
  const { watch, say, heard, clock } = at;
  const [slow, other] = [line('olga', 'slow'), line('olga', 'other')];
  watch.came(slow, ['olga']);
  watch.came(other, ['olga']);
  slow.slow = true;
  say('olga', { version: 1 });
  clock.now += 30_000;
  for (let version = 2; version < 30; version++) say('olga', { version, at: new Date(clock.now).toISOString() });
  assert.is(heard.length, 29);
  assert.ok(heard.every((one) => one.startsWith('other')));
  slow.slow = false;
  say('olga', { version: 30, at: new Date(clock.now).toISOString() });
  clock.now += 59_000;
  slow.drained?.();
  const told = heard.filter((one) => one.startsWith('slow'));
  assert.equal([told.length, told[0], told.at(-1)], [16, 'slow released order@15', 'slow released order@30']);
  clock.now -= 59_000;
  say('olga', { version: 31, at: new Date(clock.now).toISOString() });
  assert.is(heard.at(-2), 'slow released order@31');
});
