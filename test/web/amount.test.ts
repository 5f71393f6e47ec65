import * as assert from 'uvu/assert';
import { readAmount } from '../../web/client/amount.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('an amount as typed');
const EURO: readonly (readonly [string, number])[] = [
  ['149.50', 14_950],
  ['149,5', 14_950],
  ['149', 14_900],
  ['149.', 14_900],
  [' 1 249,90 ', 124_990],
  ['1\u202f249.90', 124_990],
  ["1'249.90", 124_990],
  ['0.29', 29],
  ['1.15', 115],
  ['4.35', 435],
  ['0', 0],
  ['007', 700],
  ['10000000000', 1_000_000_000_000],
];

test('major units become minor units to the cent', () => {
  for (const [text, amount] of EURO) assert.equal(readAmount(text, 'EUR'), { amount }, text);
});

test('every cent up to a thousand is read as it is written', () => {
  for (let cents = 0; cents <= 100_000; cents++) {
    const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    assert.equal(readAmount(text, 'EUR'), { amount: cents }, text);
  }
});

test('what could be meant in two ways is asked again, not guessed', () => {
  assert.equal(readAmount('1,249', 'EUR'), { fault: 'too-fine' });
  assert.equal(readAmount('1.249,00', 'EUR'), { fault: 'not-a-number' });
});

test('what is no amount is told apart', () => {
  assert.equal(readAmount('  ', 'EUR'), { fault: 'empty' });
  for (const text of ['-1', '+1', '1e3', '€5', '.5', 'NaN', '0x10'])
    assert.equal(readAmount(text, 'EUR'), { fault: 'not-a-number' }, text);
  assert.equal(readAmount('10000000000.01', 'EUR'), { fault: 'too-much' });
  assert.equal(readAmount('9'.repeat(400), 'EUR'), { fault: 'too-much' });
});

test('the decimals are the currency’s', () => {
  assert.equal(readAmount('1 500', 'JPY'), { amount: 1_500 });
  assert.equal(readAmount('1.5', 'JPY'), { fault: 'too-fine' });
  assert.equal(readAmount('1.249', 'KWD'), { amount: 1_249 });
});
