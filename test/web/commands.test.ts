import * as assert from 'uvu/assert';
import type { CommandAck } from '../../gateways/contract/live.ts';
import { type Action, Commands, type CommandsOptions } from '../../web/client/commands.ts';
import type { Line } from '../../web/client/line.ts';
import { ProblemError } from '../../web/client/problem.ts';
import type { Answered, Rest, WriteOptions } from '../../web/client/rest.ts';
import { spec } from '../_kit/spec.ts';

interface Sent {
  readonly by: 'socket' | 'rest';
  readonly key: string | undefined;
  readonly type: string;
}

type Reply = CommandAck | 'silence' | 'no line' | ProblemError | Promise<CommandAck>;

/** Answers in turn, whichever way it is asked. */
function server(options: Partial<CommandsOptions> = {}, ...replies: Reply[]) {
  const sent: Sent[] = [];
  const next = async (one: Sent): Promise<CommandAck> => {
    const reply = replies.shift() ?? 'silence';
    if (reply === 'no line') throw new ProblemError('offline', 0);
    sent.push(one);
    if (reply === 'silence') throw new ProblemError(one.by === 'rest' ? 'offline' : 'unknown', 0);
    if (reply instanceof ProblemError) throw reply;
    return reply;
  };
  const line = {
    opened: async () => undefined,
    ask: (async (_, message) => {
      const { key, type } = message as { key: string; type: string };
      return next({ by: 'socket', key, type });
    }) as Line['ask'],
  };
  const rest = {
    write: (async (path: string, _: unknown, { key }: WriteOptions = {}): Promise<Answered<unknown>> => {
      const body = await next({ by: 'rest', key, type: path.split('/').at(-1) ?? '' });
      return { body, replay: false };
    }) as Rest['write'],
  };
  return { commands: new Commands({ line, rest, ...options }), sent };
}

const capture: Action = { target: { order: 'o' }, type: 'capture', fields: { epoch: 0 } };
const won: CommandAck = { ok: true, version: 2 };

const test = spec('a person’s action');

test('is sent once when it is answered', async () => {
  const { commands, sent } = server({}, won);
  assert.equal(await commands.send(capture), won);
  assert.is(sent.length, 1);
});

test('is repeated with the same key until it is answered, first over the other transport', async () => {
  const { commands, sent } = server({}, 'silence', 'silence', won);
  let repeats = 0;
  assert.equal(await commands.send(capture, () => repeats++), won);
  assert.is(repeats, 2);
  assert.equal(
    sent.map(({ by }) => by),
    ['socket', 'rest', 'socket'],
  );
  assert.is(new Set(sent.map(({ key }) => key)).size, 1);
});

test('has another key than the next', async () => {
  const { commands, sent } = server({}, won, won);
  await commands.send(capture);
  await commands.send(capture);
  assert.is.not(sent[0]?.key, sent[1]?.key);
});

test('that is refused is not repeated', async () => {
  const refused: CommandAck = { ok: false, code: 'already_captured', holder: { id: 'a', name: 'Anna' } };
  const { commands, sent } = server({}, refused);
  assert.equal(await commands.send(capture), refused);
  assert.is(sent.length, 1);
});

test('that is refused over REST is told with all the refusal carries', async () => {
  const problem = new ProblemError('wip_limit', 409, { code: 'wip_limit', limit: 3 });
  const { commands } = server({}, 'silence', problem);
  const answer = await commands.send(capture);
  assert.is(answer.ok, false);
  assert.is('limit' in answer && answer.limit, 3);
});

for (const code of ['unavailable', 'overloaded', 'too_many', 'internal'])
  test(`is repeated after ${code}, over sockets as over REST`, async () => {
    const { commands, sent } = server({}, { ok: false, code }, new ProblemError(code, 503), won);
    assert.equal(await commands.send(capture), won);
    assert.is(sent.length, 3);
  });

test('whose session has ended goes on with the same key once there is a session again', async () => {
  let regained = 0;
  const regain = async (): Promise<boolean> => ++regained > 0;
  const { commands, sent } = server({ regain }, { ok: false, code: 'unauthenticated' }, won);
  assert.equal(await commands.send(capture), won);
  assert.equal([regained, new Set(sent.map(({ key }) => key)).size], [1, 1]);
});

test('whose session is gone for good is answered so', async () => {
  const nack: CommandAck = { ok: false, code: 'unauthenticated' };
  const { commands } = server({ regain: async () => false }, nack, won);
  assert.equal(await commands.send(capture), nack);
});

test('counts as unanswered until it is answered', async () => {
  const { commands } = server({}, 'silence', won);
  const counts: number[] = [];
  commands.onUnanswered = (count) => counts.push(count);
  await commands.send(capture);
  assert.equal(counts, [1, 0]);
});

test('waits for those of the same order that came before, in order, and for no other’s', async () => {
  const first = Promise.withResolvers<CommandAck>();
  const { commands, sent } = server({}, first.promise, won, won, won);
  const types = (): string[] => sent.map(({ type }) => type);
  const all = ['capture', 'start', 'complete'].map((type) => commands.send({ ...capture, type }));
  await commands.send({ target: { order: 'another' }, type: 'hold' });
  assert.equal(types(), ['capture', 'hold']);
  first.resolve(won);
  await Promise.all(all);
  assert.equal(types(), ['capture', 'hold', 'start', 'complete']);
});

test('that was never sent ends as offline when it is too old, or when too many wait', async () => {
  const stuck = (signal?: AbortSignal): Promise<void> =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  const line = { opened: stuck, ask: () => Promise.reject(new ProblemError('offline', 0)) };
  const { commands } = server({ line, most: 2, ageMs: 60_000 });
  const ended: string[] = [];
  const send = (order: string): Promise<unknown> =>
    commands.send({ target: { order }, type: 'start' }).then((answer) => ended.push(answer.ok ? 'ok' : answer.code));
  const waiting = [send('a'), send('b')];
  await send('c');
  assert.equal(ended, ['offline'], 'the third');
  commands.close();
  await Promise.all(waiting);
  assert.equal(ended, ['offline', 'offline', 'offline']);

  const old = server({ line, ageMs: 20 });
  assert.equal(await old.commands.send(capture), { ok: false, code: 'offline' });
});

test('that was sent is never told as not sent: too old, it ends as unknown', async () => {
  const busy = new ProblemError('too_many', 429);
  const { commands, sent } = server({ ageMs: 600 }, 'silence', busy, 'no line', 'no line');
  assert.equal(await commands.send(capture), { ok: false, code: 'unknown' });
  assert.is(sent.length, 2, 'what was said last was not said of the first');
});

test('that surely was not done ends with what was said, not as unknown', async () => {
  const busy: CommandAck = { ok: false, code: 'too_many', limit: 200 };
  const { commands } = server({ ageMs: 50 }, busy, 'no line');
  assert.equal(await commands.send(capture), busy);
});

test('without a line goes by REST alone', async () => {
  const sent: string[] = [];
  const write = (async (path: string) => {
    sent.push(path);
    if (sent.length === 1) throw new ProblemError('offline', 0);
    return { body: won, replay: false };
  }) as Rest['write'];
  assert.equal(await new Commands({ rest: { write } }).send(capture), won);
  assert.equal(sent, ['/api/orders/o/capture', '/api/orders/o/capture']);
});
