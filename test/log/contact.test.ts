import * as assert from 'uvu/assert';
import { Contact } from '../../src/log/contact.ts';
import { dated } from '../../src/runtime/dated.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

/** A database that answers, fails, or says nothing. */
class Answers {
  how: 'yes' | 'no' | 'nothing' = 'yes';
  asked = 0;
  #held: (() => void)[] = [];
  readonly contact = new Contact({ query: () => this.#query() });

  end(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  async #query(): Promise<void> {
    this.asked += 1;
    if (this.how === 'no') throw new Error('gone');
    if (this.how === 'nothing') await new Promise<void>((resolve) => this.#held.push(resolve));
  }
}

const test = spec<Answers>('contact with Postgres', async (lend) => {
  const answers = new Answers();
  try {
    await lend(answers);
  } finally {
    answers.contact.close();
    answers.end();
  }
});

test('who answers is there', async (answers) => {
  await until('it was asked twice', () => answers.asked > 1);
  assert.is(answers.contact.awaySeconds, undefined);
});

test('who fails is away for as long as the last answer lies back, until the next', async (answers) => {
  answers.how = 'no';
  await until('it is away', () => answers.contact.awaySeconds !== undefined);
  const first = answers.contact.awaySeconds ?? 0;
  await until('time goes by', () => (answers.contact.awaySeconds ?? 0) > first);
  answers.how = 'yes';
  await until('it is back', () => answers.contact.awaySeconds === undefined);
});

test('who says nothing is away, is not asked once more meanwhile, and is there as soon as it answers', async (answers) => {
  answers.how = 'nothing';
  await until('it is away', () => answers.contact.awaySeconds !== undefined);
  const { asked } = answers;
  const first = answers.contact.awaySeconds ?? 0;
  await until('a second goes by', () => (answers.contact.awaySeconds ?? 0) > first + 1);
  assert.is(answers.asked, asked);
  answers.how = 'yes';
  answers.end();
  await until('it is back', () => answers.contact.awaySeconds === undefined);
});

test('a read is dated while the log is away, and only then', async () => {
  let away: number | undefined;
  const state = { version: 3, state: {}, commandId: 'c' };
  const send = () => Promise.reject(new Error('not here'));
  const runtime = dated({ send, read: async (_, actor) => (actor === 'a' ? state : undefined) }, () => away);
  assert.equal(await runtime.read('order', 'a'), state);
  away = 2.5;
  assert.equal(await runtime.read('order', 'a'), { ...state, stale: 2.5 });
  assert.is(await runtime.read('order', 'b'), undefined);
});
