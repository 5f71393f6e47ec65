import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { encodeRow, MAX_BYTES, MAX_DEPTH } from '../../src/log/encode.ts';
import { encodeBatch } from '../../src/log/encode-batch.ts';
import { spec } from '../_kit/spec.ts';
import { newRow } from './new-row.ts';

const test = spec('a row as JSON');

const code = (after: unknown): string => {
  try {
    encodeRow(newRow({ after }));
    return 'fine';
  } catch (error) {
    return codeOf(error);
  }
};
const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 0);

test('is refused when it holds U+0000, wherever it stands', () => {
  assert.is(code({ note: '\u0000' }), 'bad_row');
  assert.is(code({ note: 'a\u0000b' }), 'bad_row');
  assert.is(code({ note: '\\\u0000' }), 'bad_row');
  assert.is(code({ 'k\u0000': 1 }), 'bad_row');
  assert.is(code({ a: [{ b: ['\u0000'] }] }), 'bad_row');
});

test('may hold the text that U+0000 is written as', () => {
  assert.is(code({ note: '\\u0000' }), 'fine');
  assert.is(code({ note: '\\\\u0000' }), 'fine');
  assert.is(code({ note: '\u0001 \u001f' }), 'fine');
});

test('is refused when it holds half of a surrogate pair; a whole one is fine', () => {
  assert.is(code({ note: '\ud83d' }), 'bad_row');
  assert.is(code({ note: '\ude00\ud83d' }), 'bad_row');
  assert.is(code({ note: '\ud83d\ude00' }), 'fine');
});

test('is refused when it is too large, counted in bytes', () => {
  assert.is(code('x'.repeat(MAX_BYTES)), 'bad_row');
  assert.is(code('x'.repeat(MAX_BYTES - 1_000)), 'fine');
  assert.is(code('щ'.repeat(MAX_BYTES / 2)), 'bad_row');
  assert.is(code('щ'.repeat(MAX_BYTES / 2 - 1_000)), 'fine');
});

test('is refused when it is too deep; brackets in texts and side by side do not count', () => {
  assert.is(code(deep(MAX_DEPTH)), 'fine');
  assert.is(code(deep(MAX_DEPTH + 1)), 'bad_row');
  assert.is(code(deep(100_000)), 'bad_row');
  assert.is(code('[{"'.repeat(500)), 'fine');
  assert.is(code(Array.from({ length: 500 }, () => [{ a: '\\"[' }])), 'fine');
});

test('is refused when it is no JSON', () => {
  const loop: { self?: unknown } = {};
  loop.self = loop;
  assert.is(code(loop), 'bad_row');
  assert.is(code(1n), 'bad_row');
});

test('is refused when it names a claim twice, or frees what it takes', () => {
  for (const names of [{ takes: ['a', 'a'] }, { takes: ['a'], frees: ['a'] }, { takes: ['x'.repeat(501)] }])
    assert.throws(() => encodeRow(newRow(names)), /bad_row|claim/);
});

test('stands in the statement at its place, its JSON cut out by bytes', () => {
  const rows = [
    newRow({ after: { n: '"{[щ\ud83d\ude00' }, was: { lane: 'new' } }),
    newRow({ takes: ['a,b', 'c"\\'], jobs: [{ id: 'j', kind: 'k', payload: null }] }),
    newRow({ trace: 'NULL', frees: ['d'], done: ['x', 'y'] }),
  ];
  const values = encodeBatch(rows.map(encodeRow));
  const [, actors, versions, bases, , , , , traces, bytes, begins, ...rest] = values as [...string[]];
  const sizes = rest.slice(0, 4);
  const [takenBy, takes, freedBy, frees, doneBy, done, jobs] = rest.slice(4);
  const numbers = (list = ''): number[] => list.slice(1, -1).split(',').map(Number);
  const parts = (row: number): unknown[] => {
    let at = numbers(begins)[row]! - 1;
    return sizes.map((list) => {
      const from = at;
      at += numbers(list)[row]!;
      const json = Buffer.from(bytes!).subarray(from, at).toString();
      return json === '' ? null : JSON.parse(json);
    });
  };
  assert.equal(
    rows.map((_, n) => parts(n)),
    rows.map(({ issuer, events, after, was }) => [issuer, events, after, was]),
  );
  assert.is(actors, `{${rows.map(({ actor }) => `"${actor}"`).join(',')}}`);
  assert.is(versions, '{1,1,1}');
  assert.is(bases, '{NULL,NULL,NULL}');
  assert.is(traces, '{NULL,NULL,"NULL"}'); // in quotes it is a text
  assert.equal([takenBy, takes], ['{2,2}', '{"a,b","c\\"\\\\"}']);
  assert.equal([freedBy, frees, doneBy, done], ['{3}', '{"d"}', '{3,3}', '{"x","y"}']);
  assert.equal(JSON.parse(jobs!), [{ i: 2, id: 'j', kind: 'k', payload: null }]);
});

test('a statement may have none', () => {
  const values = encodeBatch([]);
  assert.equal(new Set(values.map(String)), new Set(['{}', '', '[]']));
});
