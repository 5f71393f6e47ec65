import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { FIRST, placeFrom, placeText } from '../../src/views/event-place.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('places in an event feed');

test('a place is read as it was written', () => {
  const xid = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
  const seq = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
  const place = fc.record({ era: fc.nat(), xid, seq, n: fc.nat({ max: 999_999_999 }) }, { noNullPrototype: true });
  fc.assert(fc.property(place, (one) => assert.equal(placeFrom(placeText(one), '/after'), one)));
  assert.equal(placeFrom(placeText(FIRST), '/after'), FIRST);
});

test('anything else is refused, and nothing breaks', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      try {
        assert.is(placeText(placeFrom(text, '/after')), text);
      } catch (error) {
        assert.is((error as { code?: string }).code, 'invalid', String(error));
      }
    }),
  );
});
