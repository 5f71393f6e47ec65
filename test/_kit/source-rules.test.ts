import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { readSources, sourceFaults } from './source-rules.ts';
import { spec } from './spec.ts';

const rules = spec('source rules');

const lines = (count: number): string => 'x;\n'.repeat(count);

rules('allow 400 lines, not 401', () => {
  const short = ['b', 'c', 'd'].map((file) => ({ file, text: '' }));
  assert.equal(sourceFaults([{ file: 'a', text: lines(400) }, ...short]), []);
  assert.equal(sourceFaults([{ file: 'a', text: lines(401) }, ...short]), ['a: 401 lines, at most 400']);
});

rules('allow a median of 120 lines, not 121', () => {
  assert.equal(sourceFaults([{ file: 'a', text: lines(120) }]), []);
  assert.equal(sourceFaults([{ file: 'a', text: lines(121) }]), ['half of the files have 121 lines or more']);
});

rules('find what is not done, and any', () => {
  const text = ['// TODO later', 'let a: any;', 'f(b as any);', 'new Map<any, 1>();', '// note: any other', 'x(1);'];
  assert.equal(sourceFaults([{ file: 'a', text: text.join('\n') }]), [
    'a:1: says what is not done',
    'a:2: uses any',
    'a:3: uses any',
    'a:4: uses any',
  ]);
});

const repository = spec('the sources of this repository');

repository('break no rule', () => {
  const sources = readSources(fileURLToPath(new URL('../..', import.meta.url)));
  assert.ok(sources.length > 0);
  assert.equal(sourceFaults(sources), []);
});
