import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { compareCursors, cursorFrom, cursorText, earlier } from '../../src/views/feed-cursor.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('feed cursor');

test('places in the feed are ordered by era, then transaction, then number, as numbers of 64 bits', () => {
  const sorted = ['0:0:0', '1:9:9', '1:10:2', '1:10:10', '1:9223372036854775806:1', '1:9223372036854775807:0', '2:1:1'];
  const mixed = sorted.map(cursorFrom).toSorted((a, b) => compareCursors(b, a));
  assert.equal(mixed.toSorted(compareCursors).map(cursorText), sorted);
  assert.is(compareCursors(cursorFrom('1:2:3'), cursorFrom('1:2:3')), 0);
  assert.is(cursorText(earlier(cursorFrom('1:10:0'), cursorFrom('1:9:99'))), '1:9:99');
});

test('text that is no place is refused', () => {
  for (const text of ['', '1', '1:2', '1:2:3:4', '1:2:x', '1:-2:3']) {
    let code = 'ok';
    try {
      cursorFrom(text);
    } catch (error) {
      code = codeOf(error);
    }
    assert.is(code, 'bad_cursor', text);
  }
});
