import * as assert from 'uvu/assert';
import type { Card } from '../../gateways/contract/card.ts';
import { type ChipName, chipsPass, placesOf, type Sight, tallyOf, wordsPass } from '../../web/board/narrow.ts';
import { spec } from '../_kit/spec.ts';
import { newCard } from './example-card.ts';

const test = spec('what narrows the board');
const NOW = Date.parse('2026-03-02T08:00:00.000Z');
const sight: Sight = { now: NOW, alone: (capture) => capture?.operator.id === 'gone', skills: ['brass'] };
const by = (id: string, name: string): Card['capture'] => ({
  operator: { id, name },
  since: '2026-03-02T07:00:00.000Z',
});
const held: Card['hold'] = { reason: 'quality', by: {}, since: '2026-03-02T07:00:00.000Z' };

const BOARD = [
  newCard('late-silver', { material: 'silver-925', due: '2026-03-02T07:59:59.000Z' }),
  newCard('rush-brass', { priority: 3 }),
  newCard('alone-held', { capture: by('gone', 'Pavel'), lane: 'in_work', hold: held, material: 'gold-585' }),
  newCard('calm', { due: '2026-03-02T08:00:01.000Z', title: 'Signet ring 17.stl', number: '1-20391' }),
];
const shown = (passes: ((card: Card) => boolean) | undefined): string[] =>
  BOARD.filter((card) => passes?.(card) !== false).map(({ order }) => order);
const pressed = (...names: ChipName[]): string[] => shown(chipsPass(new Set(names), sight));
const typed = (text: string): string[] => shown(wordsPass(text, (id) => (id === 'silver-925' ? 'Silver 925' : id)));

test('without a chip all is shown, with one what it says', () => {
  assert.is(chipsPass(new Set(), sight), undefined);
  assert.equal(pressed('late'), ['late-silver']);
  assert.equal(pressed('rush'), ['rush-brass']);
  assert.equal(pressed('alone'), ['alone-held']);
  assert.equal(pressed('hold'), ['alone-held']);
  assert.equal(pressed('skills'), ['rush-brass', 'calm']);
});

test('further chips narrow; of several materials any will do', () => {
  assert.equal(pressed('material:gold-585', 'material:silver-925'), ['late-silver', 'alone-held']);
  assert.equal(pressed('material:gold-585', 'material:silver-925', 'late'), ['late-silver']);
  assert.equal(pressed('rush', 'hold'), []);
});

test('what is typed is found in numbers, names of models, materials and holders; every word counts', () => {
  assert.equal(typed('391'), ['calm']);
  assert.equal(typed('120391'), ['calm'], 'the number without its dash');
  assert.equal(typed(' RING  signet '), ['calm']);
  assert.equal(typed('silver 925'), ['late-silver']);
  assert.equal(typed('pavel'), ['alone-held']);
  assert.equal(typed('pavel ring'), []);
  assert.is(wordsPass('  ', String), undefined);
});

test('each chip says how many of the whole board it stands for', () => {
  const { chips, asked } = tallyOf([...BOARD, newCard('x', { cancellation: {} as Card['cancellation'] })], sight);
  assert.is(asked, 1);
  const counts = Object.fromEntries(chips);
  assert.equal(counts, {
    all: 5,
    skills: 3,
    late: 1,
    rush: 1,
    alone: 1,
    hold: 1,
    'material:silver-925': 1,
    'material:brass': 3,
    'material:gold-585': 1,
  });
});

test('chips stand in one order: materials as the catalogue has them, unknown ones last', () => {
  const places = placesOf(['zinc', 'brass', 'silver-925'], ['silver-925', 'brass'], { withSkills: false });
  const traits = ['all', 'late', 'rush', 'alone', 'hold'];
  assert.equal(places, [...traits, 'material:silver-925', 'material:brass', 'material:zinc']);
  assert.equal(placesOf([], [], { withSkills: true }).slice(0, 2), ['all', 'skills']);
});
