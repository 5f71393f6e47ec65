import * as assert from 'uvu/assert';
import type { CommandAck } from '../../gateways/contract/live.ts';
import { Commands } from '../../web/client/commands.ts';
import { ProblemError } from '../../web/client/problem.ts';
import type { Answered, WriteOptions } from '../../web/client/rest.ts';
import { spec } from '../_kit/spec.ts';

interface Sent {
  readonly by: 'socket' | 'rest';
  readonly key: string | undefined;
}

type Reply = CommandAck | 'silence' | ProblemError;

/** Answers in turn, whichever way it is asked. */
function server(...replies: Reply[]) {
  const sent: Sent[] = [];
  const next = (one: Sent): CommandAck => {
    sent.push(one);
    const reply = replies.shift() ?? 'silence';
    if (reply === 'silence') throw one.by === 'rest' ? new ProblemError('offline', 0) : new Error('no answer');
    if (reply instanceof ProblemError) throw reply;
    return reply;
  };
  const line = {
    opened: () => Promise.resolve(),
    ask: async <T>(_: string, message: unknown) => next({ by: 'socket', key: (message as { key: string }).key }) as T,
  };
  const rest = {
    write: async <T>(_: string, __: unknown, options: WriteOptions = {}): Promise<Answered<T>> => ({
      body: next({ by: 'rest', key: options.key }) as T,
      replay: false,
    }),
  };
  return { commands: new Commands(line, rest), sent };
}

const capture = { target: { order: 'o' }, type: 'capture', fields: { epoch: 0 } } as const;
const won: CommandAck = { ok: true, version: 2 };

const test = spec('a person’s action');

test('is sent once when it is answered', async () => {
  const { commands, sent } = server(won);
  assert.equal(await commands.send(capture), won);
  assert.is(sent.length, 1);
});

test('is repeated with the same key until it is answered, first over the other transport', async () => {
  const { commands, sent } = server('silence', 'silence', won);
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
  const { commands, sent } = server(won, won);
  await commands.send(capture);
  await commands.send(capture);
  assert.is.not(sent[0]?.key, sent[1]?.key);
});

test('that is refused is not repeated', async () => {
  const refused: CommandAck = { ok: false, code: 'already_captured', holder: { id: 'a', name: 'Anna' } };
  const { commands, sent } = server(refused);
  assert.equal(await commands.send(capture), refused);
  assert.is(sent.length, 1);
});

test('that is refused over REST is told with all the refusal carries', async () => {
  const problem = new ProblemError('wip_limit', 409, { code: 'wip_limit', limit: 3 });
  const { commands } = server('silence', problem);
  const answer = await commands.send(capture);
  assert.is(answer.ok, false);
  assert.is('limit' in answer && answer.limit, 3);
});

test('is repeated while the server is away or has too much to do', async () => {
  const { commands, sent } = server({ ok: false, code: 'overloaded' }, new ProblemError('unavailable', 503), won);
  assert.equal(await commands.send(capture), won);
  assert.is(sent.length, 3);
});

test('counts as unanswered until it is answered', async () => {
  const { commands } = server('silence', won);
  const counts: number[] = [];
  commands.onUnanswered = (count) => counts.push(count);
  await commands.send(capture);
  assert.equal(counts, [1, 0]);
});
