import * as assert from 'uvu/assert';
import { ProblemError } from '../../web/client/problem.ts';
import { faultOf } from '../../web/shop/fault.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('a no in the words of the shop');

const invalid = (...paths: string[]): string =>
  faultOf(new ProblemError('invalid', 422, { errors: paths.map((path) => ({ path, rule: 'not made at north' })) }));

test('what cannot be had is told in words for buyers, not in the field names and rules of the server', () => {
  const told = ['/model', '/settings', '/settings/material', '/settings/finish', '/settings/quantity'].map((path) =>
    invalid(path),
  );
  assert.is(new Set(told).size, 5, 'each has words of its own');
  for (const words of told) assert.not.match(words, /north|settings|[a-z]\/|invalid/i);
  assert.is(invalid('/settings/finish', '/settings/quantity'), told[3], 'the first is what is to be chosen anew');
});

test('what no buyer can mend has general words', () => {
  const general = invalid();
  assert.match(general, /not right/);
  assert.is(invalid('/priceVersion'), general);
});
