import * as assert from 'uvu/assert';
import { testNeeds } from '../../src/launcher/tool.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('what tests need');

test('is nothing but Node for unit tests, and everything for all', () => {
  assert.equal(testNeeds(['unit', 'test/log/rows.test.ts']), []);
  assert.equal(testNeeds([]), ['postgres', 'redis', 'rabbitmq', 'nginx', 'curl', 'chromium']);
});

test('is known by kind and by file, a browser for pages only', () => {
  assert.equal(testNeeds(['int']), ['postgres', 'redis', 'rabbitmq', 'nginx']);
  assert.equal(testNeeds(['test/web/race.web.test.ts']), ['postgres', 'redis', 'rabbitmq', 'nginx', 'chromium']);
  assert.equal(testNeeds(['test/a.e2e.test.ts', 'unit']), ['postgres', 'redis', 'rabbitmq', 'nginx', 'curl']);
});
