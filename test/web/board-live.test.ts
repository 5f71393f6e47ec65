import * as assert from 'uvu/assert';
import type { Frame, Snapshot } from '../../gateways/contract/board.ts';
import type { Asks, BoardOpenAck, Tells } from '../../gateways/contract/live.ts';
import { BoardLive, type BoardState } from '../../web/client/board-live.ts';
import type { AskOptions, LineState } from '../../web/client/line.ts';
import { ProblemError } from '../../web/client/problem.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

interface Question {
  readonly event: string;
  readonly message: { readonly site?: string; readonly resume?: { readonly at: string } };
  readonly withinMs: number | undefined;
  answer(ack: unknown): void;
  lose(): void;
}

/** A line whose answers the test gives. */
class FakeLine {
  state: LineState = 'open';
  readonly asked: Question[] = [];
  #listeners: { readonly event: string; readonly hear: (message: never, answer: () => void) => void }[] = [];
  #states: ((state: LineState) => void)[] = [];

  on<E extends keyof Tells>(event: E, hear: (message: Tells[E], answer?: () => void) => void): () => void {
    const one = { event, hear: hear as (message: never, answer: () => void) => void };
    this.#listeners.push(one);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== one);
    };
  }
  onState(hear: (state: LineState) => void): () => void {
    this.#states.push(hear);
    return () => {
      this.#states = this.#states.filter((other) => other !== hear);
    };
  }
  ask<E extends keyof Asks>(
    event: E,
    message: Asks[E]['message'],
    { withinMs, heard }: AskOptions<E> = {},
  ): Promise<Asks[E]['ack']> {
    return new Promise((resolve, reject) => {
      const answer = (ack: unknown): void => {
        heard?.(ack as Asks[E]['ack']);
        resolve(ack as Asks[E]['ack']);
      };
      const lose = (): void => reject(new ProblemError('unknown', 0));
      this.asked.push({ event, message: message as Question['message'], withinMs, answer, lose });
    });
  }
  say<E extends keyof Tells>(event: E, message: Tells[E]): boolean {
    let answered = false;
    for (const one of this.#listeners)
      if (one.event === event)
        one.hear(message as never, () => {
          answered = true;
        });
    return answered;
  }
  become(state: LineState): void {
    this.state = state;
    for (const hear of this.#states) hear(state);
  }
}

const empty = { items: [], count: 0, next: null };
const snapshot = (at: number, marks: { stale?: number } = {}): Snapshot => ({
  ok: true,
  mode: 'snapshot',
  epoch: 'a',
  at: `${at}-0`,
  lanes: { new: empty, in_work: empty, made: empty },
  counts: { new: 0, in_work: 0, made: 0 },
  people: {},
  graceMs: 1,
  usual: {},
  ...marks,
});
const ready = (at: number) => ({ site: 'north', epoch: 'a', at: `${at}-0`, digest: '' });
const frame = (from: number, to: number, stale?: number): Frame => ({
  site: 'north',
  epoch: 'a',
  from: `${from}-0`,
  to: `${to}-0`,
  changes: [],
  ...(stale === undefined ? {} : { stale }),
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Board {
  readonly line: FakeLine;
  readonly board: BoardLive;
  readonly states: string[];
  last(): Question;
}

function open(): Board {
  const line = new FakeLine();
  const board = new BoardLive(line, 'north');
  const states: string[] = [];
  board.onState = (state: BoardState, code?: string) => states.push(code ?? state);
  return { line, board, states, last: () => line.asked.at(-1)! };
}

function opened(): Board {
  const it = open();
  it.last().answer(snapshot(5));
  it.line.say('board:ready', ready(5));
  return it;
}

const test = spec('a board over a line');

test('what comes right behind the answer is not missed, whatever else waits its turn', () => {
  const { line, board, states, last } = open();
  last().answer(snapshot(5));
  assert.is(line.say('board:part', { site: 'north', epoch: 'a', lane: 'new', items: [] }), true, 'the part is taken');
  line.say('board:ready', ready(5));
  line.say('board:frame', frame(5, 6));
  assert.equal([board.state, states, board.picture.position?.at], ['live', ['live'], '6-0']);
});

test('is waited for as long as the line lives, and asked for again on the next one', async () => {
  const { line, last, board } = open();
  assert.is(last().withinMs, Number.POSITIVE_INFINITY);
  line.become('lost');
  last().lose();
  await turn();
  assert.is(line.asked.length, 1);
  line.become('open');
  assert.is(line.asked.length, 2);
  last().answer(snapshot(5));
  line.say('board:ready', ready(5));
  assert.is(board.state, 'live');
});

test('goes on from its position on a new line, and shows that it is not live meanwhile', () => {
  const { line, states, last } = opened();
  line.become('lost');
  line.become('open');
  assert.is(last().message.resume?.at, '5-0');
  last().answer({ ok: true, mode: 'frames', epoch: 'a', frames: [frame(5, 9)] } satisfies BoardOpenAck);
  assert.equal(states, ['live', 'opening', 'live']);
});

test('is opened again at once where it alone must, after a moment where all must', async () => {
  for (const reason of ['behind', 'slow']) {
    const { line } = opened();
    line.say('board:resync', { site: 'north', reason });
    assert.is(line.asked.length, 2, reason);
  }
  for (const reason of ['rebuilt', 'redis_back', 'live']) {
    const { line } = opened();
    line.say('board:resync', { site: 'north', reason });
    assert.is(line.asked.length, 1, reason);
    line.say('board:resync', { site: 'south', reason });
    await until('it is opened again', () => line.asked.length === 2);
  }
});

test('a line that opens within that moment opens it once', async () => {
  const { line, last } = opened();
  line.say('board:resync', { site: 'north', reason: 'live' });
  line.become('lost');
  line.become('open');
  assert.is(line.asked.length, 2);
  last().answer(snapshot(9));
  line.say('board:ready', ready(9));
  const other = opened();
  other.line.say('board:resync', { site: 'north', reason: 'live' });
  await until('another, asked later, is open again', () => other.line.asked.length === 2);
  await turn();
  assert.is(line.asked.length, 2);
});

test('says that it lags behind, and that it is live again', () => {
  const { line, states, board } = opened();
  line.say('board:frame', frame(5, 5, 3));
  assert.equal([board.state, board.picture.behind], ['stale', { stale: 3 }]);
  line.say('board:frame', frame(5, 6));
  assert.equal(states, ['live', 'stale', 'live']);
});

test('is asked for again after a moment while nobody can answer, and no more once it is refused', async () => {
  const { line, states, last, board } = open();
  last().answer({ ok: false, code: 'unavailable' });
  await until('it is asked again', () => line.asked.length === 2);
  last().answer({ ok: false, code: 'forbidden' });
  await turn();
  assert.equal([board.state, states, line.asked.length], ['refused', ['forbidden'], 2]);
});

test('once closed it says so, and hears nothing more', () => {
  const { line, board, last } = opened();
  board.close();
  assert.is(last().event, 'board:close');
  line.say('board:frame', frame(5, 6));
  line.say('board:resync', { site: 'north', reason: 'behind' });
  line.become('lost');
  line.become('open');
  assert.equal([board.picture.position?.at, line.asked.length], ['5-0', 2]);
});

test('forgotten on an open line it is asked for whole, and shows nothing as live meanwhile', async () => {
  const { line, board, last } = opened();
  const before = line.asked.length;
  board.forget();
  assert.is(board.state, 'opening');
  await turn();
  assert.is(line.asked.length, before + 1);
  assert.is(last().message.resume, undefined);
  last().answer(snapshot(9));
  line.say('board:ready', ready(9));
  assert.equal([board.state, board.picture.position?.at], ['live', '9-0']);
});

test('forgotten while it is being resumed, the answer is for nobody', async () => {
  const { line, board, last } = opened();
  line.become('lost');
  line.become('open');
  await turn();
  const resuming = last();
  assert.ok(resuming.message.resume);
  board.forget();
  resuming.answer({ ok: true, mode: 'frames', epoch: 'a', frames: [] });
  await turn();
  assert.is(board.state, 'opening');
  assert.is(last().message.resume, undefined);
});
