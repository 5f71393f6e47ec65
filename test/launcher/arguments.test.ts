import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import { readArguments } from '../../src/launcher/arguments.ts';
import { HELP } from '../../src/launcher/help.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('command line');

const read = (line: string) => readArguments(line.split(' ').filter((word) => word !== ''));

const refused = (line: string, text: RegExp): void => {
  try {
    read(line);
  } catch (error) {
    assert.instance(error, AndonError);
    assert.is((error as AndonError).code, 'usage', line);
    assert.match((error as AndonError).message, text);
    return;
  }
  assert.unreachable(`${line} was understood`);
};

test('up starts one node in the foreground unless told otherwise', () => {
  assert.equal(read('up'), { name: 'up', detach: false, nodes: 1 });
  assert.equal(read('up -d --nodes 3'), { name: 'up', detach: true, nodes: 3 });
  assert.equal(read('up --nodes=2 --detach'), { name: 'up', detach: true, nodes: 2 });
});

test('nothing at all, -h and --help ask for help', () => {
  for (const line of ['', 'help', '-h', '--help', 'up --help', 'users add -h']) assert.is(read(line).name, 'help');
});

test('help names every command', () => {
  for (const name of ['up', 'down', 'status', 'test', 'logs', 'users add', 'bench'])
    assert.ok(HELP.includes(`./andon ${name}`), name);
});

test('a test run and a bench get their words as they are', () => {
  assert.equal(read('test unit test/log/feed.int.test.ts'), {
    name: 'test',
    what: ['unit', 'test/log/feed.int.test.ts'],
  });
  assert.equal(read('bench turn --seconds 5'), { name: 'bench', what: ['turn', '--seconds', '5'] });
});

test('logs may follow and may name one', () => {
  assert.equal(read('logs'), { name: 'logs', follow: false, of: undefined });
  assert.equal(read('logs -f web-1'), { name: 'logs', follow: true, of: 'web-1' });
});

test('users add takes a role and what belongs to it', () => {
  assert.equal(read('users add --role operator --site north --count 3 --limit 2 --json'), {
    name: 'users add',
    role: 'operator',
    site: 'north',
    count: 3,
    limit: 2,
    json: true,
  });
  assert.equal(read('users add --role buyer'), {
    name: 'users add',
    role: 'buyer',
    site: undefined,
    count: 1,
    limit: undefined,
    json: false,
  });
});

test('what is unknown is refused and named', () => {
  refused('start', /no command "start"/);
  refused('up --demo', /--demo/);
  refused('up now', /"now"/);
  refused('down -x', /-x/);
  refused('status --yaml', /--yaml/);
  refused('logs web worker', /"worker"/);
  refused('users', /users add/);
  refused('users remove', /users remove/);
  refused('toString', /no command/);
});

test('a bad value is refused and the right ones are said', () => {
  for (const nodes of ['0', '-1', '1.5', 'many', '33']) refused(`up --nodes=${nodes}`, /--nodes .*1 to 32/);
  refused('users add', /--role/);
  refused('users add --role king', /operator/);
  refused('users add --role partner', /keys/);
  refused('users add --role buyer --count 0', /--count/);
  refused('users add --role operator --limit 0', /--limit/);
  refused('users add --role buyer --limit 3', /operators/);
  refused('users add --role', /--role/);
});
