import * as assert from 'uvu/assert';
import { Keys } from '../../src/hot/keys.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('keys');
const keys = new Keys('andon');

/** What a cluster hashes: the text between the first braces. */
const tagOf = (key: string): string | undefined => /\{(.+?)\}/.exec(key)?.[1];

test('keys of one actor share a tag, whatever they are for', () => {
  const all = [keys.state, keys.lease, keys.held, keys.live].map((of) => of.call(keys, 'order', 'a'));
  all.push(keys.refused('order', 'a', 'c'));
  assert.equal(new Set(all.map(tagOf)), new Set(['order:a']));
  assert.is(new Set(all).size, all.length);
});

test('keys of one board share a tag', () => {
  const all = [keys.board('north'), keys.boardMeta('north'), keys.boardStream('north'), keys.boardPlace('north')];
  all.push(keys.presence('north'), keys.people('north'), keys.presenceWatch('north'));
  assert.equal(new Set(all.map(tagOf)), new Set(['north']));
  assert.is(new Set(all).size, all.length);
});

test('keys are named as operators know them', () => {
  assert.equal(
    [
      keys.state('order', '1'),
      keys.lease('order', '1'),
      keys.held('operator', '2'),
      keys.refused('order', '1', 'c'),
      keys.live('order', '1'),
      keys.you({ person: '2' }),
      keys.you({ role: 'crm', site: 'north' }),
      keys.board('north'),
      keys.session('s'),
      keys.duty('orders'),
      keys.quota('orders'),
    ],
    [
      'andon:{order:1}:head',
      'andon:{order:1}:lease',
      'andon:{operator:2}:held',
      'andon:{order:1}:refused:c',
      'andon:{order:1}:live',
      'andon:{person:2}:you',
      'andon:{role:crm:north}:you',
      'andon:b:{north}:',
      'andon:session:s',
      'andon:duty:orders',
      'andon:quota:orders',
    ],
  );
});
