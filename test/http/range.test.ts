import * as assert from 'uvu/assert';
import { partOf, sameContent } from '../../src/http/range.ts';
import { attachment } from '../../src/http/send-file.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('ranges of a file');

test('a part is where the caller wants it, as far as there is something', () => {
  const parts: readonly (readonly [string, [number, number]])[] = [
    ['bytes=0-0', [0, 0]],
    ['bytes=2-5', [2, 5]],
    ['bytes=2-', [2, 99]],
    ['bytes=90-200', [90, 99]],
    ['bytes=-1', [99, 99]],
    ['bytes=-1000', [0, 99]],
    ['Bytes = 99-99', [99, 99]],
  ];
  for (const [header, [first, last]] of parts) assert.equal(partOf(header, 100), { first, last }, header);
});

test('beyond the end there is nothing', () => {
  for (const header of ['bytes=100-', 'bytes=100-200', 'bytes=-0', `bytes=${'9'.repeat(30)}-`])
    assert.is(partOf(header, 100), 'none', header);
});

test('what is no single range asks for the whole', () => {
  for (const header of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,3-4',
    'lines=1-2',
    'bytes=a-b',
    '0-1',
  ])
    assert.is(partOf(header, 100), undefined, header);
});

test('a part is only given of the content that the caller has begun with', () => {
  assert.ok(sameContent(undefined, '"a"'));
  assert.ok(sameContent('"a"', '"a"'));
  for (const other of ['"b"', 'W/"a"', 'Sat, 21 Nov 2026 00:00:00 GMT'])
    assert.not.ok(sameContent(other, '"a"'), other);
});

test('a name is encoded as an extended value, whatever is in it', () => {
  assert.is(attachment('ring.stl'), "attachment; filename*=UTF-8''ring.stl");
  assert.is(attachment(`"a";\r\nb'(ü)*`), "attachment; filename*=UTF-8''%22a%22%3B%0D%0Ab%27%28%C3%BC%29%2A");
  assert.ok(attachment('half \ud800').endsWith('%EF%BF%BD'));
});
