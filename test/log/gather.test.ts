import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { Gather } from '../../src/log/gather.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('questions asked together');

/** As pg gives an error of the server. */
const ofServer = (code: string): Error => Object.assign(new Error(code), { code, severity: 'ERROR' });

const open = (answer: (question: string) => string) => {
  const statements: string[][] = [];
  const gather = new Gather<string, string>({
    atOnce: 2,
    most: 3,
    async ask(questions) {
      statements.push([...questions]);
      return questions.map(answer);
    },
  });
  const outcome = (question: string): Promise<string> => gather.ask(question).catch((error: unknown) => codeOf(error));
  return { statements, ask: (...questions: string[]) => Promise.all(questions.map(outcome)) };
};

test('what several ask before it went out goes out once, and all get the answer', async () => {
  const statements: string[][] = [];
  const gather = new Gather<string, string>({
    ...{ atOnce: 1, most: 2 },
    nameOf: (question) => question,
    async ask(questions) {
      statements.push([...questions]);
      return questions.map((question) => `${question}${statements.length}`);
    },
  });
  const ask = (...questions: string[]) => Promise.all(questions.map((question) => gather.ask(question)));
  assert.equal(await ask('a', 'b', 'a', 'c', 'b', 'c'), ['a1', 'b1', 'a1', 'c2', 'b1', 'c2']);
  assert.equal(statements, [['a', 'b'], ['c']]);
  assert.equal(await ask('a'), ['a3'], 'an answer is not kept');
});

test('each gets its own answer, as few statements as may be', async () => {
  const { ask, statements } = open((question) => question.toUpperCase());
  assert.equal(await ask('a', 'b', 'c', 'd'), ['A', 'B', 'C', 'D']);
  assert.equal(statements, [['a', 'b', 'c'], ['d']]);
});

test('one that the server can not take fails alone', async () => {
  const { ask, statements } = open((question) => {
    if (question === 'bad') throw ofServer('22P02');
    return question.toUpperCase();
  });
  assert.equal(await ask('a', 'bad', 'c'), ['A', 'unavailable', 'C']);
  assert.equal(statements, [['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

test('without a server all fail, asked once', async () => {
  const { ask, statements } = open(() => {
    throw ofServer('57P01');
  });
  assert.equal(await ask('a', 'b'), ['unavailable', 'unavailable']);
  assert.is(statements.length, 1);
});
