/** A scanner is told from a person by speed and its Enter; what it says is found whatever the layout. */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { bearerOf } from '../../web/board/scan/badge.ts';
import { GAP_MS, KeyBurst, STUMBLE_MS } from '../../web/board/scan/key-burst.ts';
import { codeOf, meant } from '../../web/board/scan/match.ts';
import { inLatin, written } from '../../web/board/scan/physical.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('a scan');

/** Types with so many milliseconds between the keys; answers what acted by hand, and what was scanned. */
function type(text: string, gap: number, burst = new KeyBurst<string>(), from = 0): { hands: string[]; scan?: string } {
  const hands: string[] = [];
  let at = from;
  for (const letter of text) {
    hands.push(...burst.key(letter, letter, at));
    at += gap;
  }
  const end = burst.enter(at);
  return 'scan' in end ? { hands, scan: end.scan } : { hands: [...hands, ...end.keys] };
}

test('keys faster than a hand that end with Enter are one scan, and none of them acts', () => {
  assert.equal(type('1-20384', 5), { hands: [], scan: '1-20384' });
  assert.equal(type('1-20384', GAP_MS - 1), { hands: [], scan: '1-20384' });
});

test('keys of a hand act one by one, and so do two fingers at once', () => {
  assert.equal(type('NCSD', GAP_MS), { hands: ['N', 'C', 'S', 'D'] });
  assert.equal(type('NC', 3), { hands: ['N', 'C'] });
});

test('of a scan that breaks off nothing acts', () => {
  const burst = new KeyBurst<string>();
  for (const [n, letter] of [...'1-2038'].entries()) assert.equal(burst.key(letter, letter, n * 4), []);
  assert.equal(burst.settle(), []);
  assert.equal(type('N', 1, burst, 500), { hands: ['N'] });
});

test('a scanner that stumbles once it is known to be one, or is slow with its Enter, has scanned all the same', () => {
  const burst = new KeyBurst<string>();
  const keys = (text: string, from: number): string[] =>
    [...text].flatMap((letter, n) => burst.key(letter, letter, from + n * 5));
  assert.equal(keys('1-20', 0), []);
  assert.is(burst.patience, STUMBLE_MS);
  assert.equal(keys('384', 15 + GAP_MS * 3), [], 'its digits are no filters');
  assert.equal(burst.enter(24 + GAP_MS * 3 + STUMBLE_MS), { scan: '1-20384' });
  assert.is(burst.patience, GAP_MS);

  keys('1-20384', 5_000);
  assert.equal(
    burst.enter(5_030 + STUMBLE_MS),
    { keys: [] },
    'after that it is an Enter like any other, and no key acts',
  );
  keys('NCS', 9_000);
  assert.equal(burst.enter(9_010 + GAP_MS), { keys: ['N', 'C', 'S'] }, 'three keys are fingers');
});

test('scans right behind each other stay apart, however many', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^\d-\d{5}$/), { minLength: 1, maxLength: 40 }), (codes) => {
      const burst = new KeyBurst<string>();
      const scans = codes.map((code, n) => type(code, 6, burst, n * 50).scan);
      assert.equal(scans, codes);
    }),
  );
});

test('a key writes what it would on a scanner’s layout, whatever the reader’s is', () => {
  assert.is(written({ key: 'ф', code: 'KeyA' }), 'a');
  assert.is(written({ key: 'a', code: 'KeyQ' }), 'a');
  assert.is(written({ key: '3', code: 'Digit3' }), '3');
  assert.is(written({ key: 'ArrowUp', code: 'ArrowUp' }), undefined);
  assert.is(written({ key: 'Shift', code: 'ShiftLeft' }), undefined);
  assert.is(inLatin('ФИСвуа12'), 'abcdef12');
});

const CARDS = [
  { order: '0d000000-0000-4000-8000-00000000000a', number: '1-20384' },
  { order: '0d000000-0000-4000-8000-00000000000b', number: '1-21384' },
  { order: '0d000000-0000-4000-8000-00000000000c', number: '1-20390' },
];
const found = (text: string): string | undefined => meant(text, CARDS)?.number;

test('an order is meant by its number, by its id, or by its last digits if no other ends so', () => {
  assert.is(found(' 1-20384 '), '1-20384');
  assert.is(found('1–20384'), '1-20384', 'with the dash of a word processor');
  assert.is(found('0D000000-0000-4000-8000-00000000000B'), '1-21384');
  assert.is(found('https://andon.example/orders/0d000000-0000-4000-8000-00000000000c'), '1-20390');
  assert.is(found('0в000000-0000-4000-8000-00000000000и'), '1-21384', 'typed with the Cyrillic layout');
  assert.is(found('390'), '1-20390');
  assert.is(found('384'), undefined, 'two end so');
  assert.is(found('20384'), '1-20384');
  assert.is(found('90'), undefined, 'too short to mean one');
});

test('a badge is its bearer’s by id, or by a name that only one has', () => {
  const crew = [
    { id: CARDS[0]!.order, name: 'Anna Rot' },
    { id: CARDS[1]!.order, name: 'Ivan' },
    { id: CARDS[2]!.order, name: 'ivan' },
  ];
  assert.is(bearerOf(` ${CARDS[1]!.order.toUpperCase()} `, crew), crew[1]);
  assert.is(bearerOf('anna rot', crew), crew[0]);
  assert.is(bearerOf('Ivan', crew), undefined, 'two are called so');
});

test('what is no code is words', () => {
  assert.equal(codeOf('signet ring'), { words: 'signet ring' });
  assert.equal(codeOf('1-20384'), { number: '1-20384' });
});
