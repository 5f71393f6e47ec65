import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import { readArguments } from '../../src/launcher/arguments.ts';
import { fleetAsArguments } from '../../src/launcher/fleet.ts';
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

test('up starts one of each in the foreground unless told otherwise', () => {
  const one = { nodes: 1, workers: 1, keepers: 1 };
  assert.equal(read('up'), { name: 'up', detach: false, ...one });
  assert.equal(read('up -d --nodes 3'), { name: 'up', detach: true, ...one, nodes: 3 });
  assert.equal(read('up --nodes=2 --detach'), { name: 'up', detach: true, ...one, nodes: 2 });
  const words = fleetAsArguments({ nodes: 3, workers: 2, keepers: 4 }).join(' ');
  assert.equal(read(`up ${words}`), { name: 'up', detach: false, nodes: 3, workers: 2, keepers: 4 });
});

test('up takes a demo, whole or only its users, and passes it on', () => {
  assert.equal(read('up --demo'), { name: 'up', detach: false, nodes: 1, workers: 1, keepers: 1, demo: 'all' });
  const users = read('up -d --demo=users --force');
  assert.equal(users, { name: 'up', detach: true, nodes: 1, workers: 1, keepers: 1, demo: 'users', force: true });
  for (const demo of ['all', 'users'] as const) {
    const words = fleetAsArguments({ nodes: 1, workers: 1, keepers: 1, demo }).join(' ');
    assert.equal(read(`up ${words}`), { name: 'up', detach: false, nodes: 1, workers: 1, keepers: 1, demo });
  }
  refused('up --demo users', /users/);
  refused('up --demo=some', /--demo=users/);
  refused('up --force', /--demo/);
});

test('nothing at all, -h and --help ask for help', () => {
  for (const line of ['', 'help', '-h', '--help', 'up --help', 'users add -h']) assert.is(read(line).name, 'help');
});

test('help names every command', () => {
  for (const name of [
    'up',
    'down',
    'status',
    'test',
    'logs',
    'users add',
    'keys add',
    'keys revoke',
    'keys list',
    'jobs',
    'jobs redrive',
    'rebuild',
    'bench',
  ])
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

test('keys are made for a company, listed and revoked by their ids', () => {
  assert.equal(read('keys add --partner Acme --scopes orders:read,events:read --expires 30 --json'), {
    name: 'keys add',
    partner: 'Acme',
    scopes: ['orders:read', 'events:read'],
    days: 30,
    json: true,
  });
  assert.equal(read('keys add --partner Acme'), {
    name: 'keys add',
    partner: 'Acme',
    scopes: undefined,
    days: undefined,
    json: false,
  });
  const id = '00000000-0000-4000-8000-000000000001';
  assert.equal(read(`keys revoke ${id}`), { name: 'keys revoke', id });
  assert.equal(read('keys list --json'), { name: 'keys list', json: true });
  refused('keys', /keys add, keys revoke, keys list/);
  refused('keys drop', /keys drop/);
  refused('keys add', /--partner/);
  for (const name of ['', '-x', 'a'.repeat(65), 'a\tb']) refused(`keys add --partner=${name}`, /--partner/);
  refused('keys add --partner Acme --expires 0', /--expires .*1 to 3650/);
  refused('keys revoke', /id of a key/);
  refused('keys revoke ak_secret', /id of a key/);
  refused(`keys revoke ${id} now`, /"now"/);
});

test('jobs lists some or all, and starts one or all of the dead anew', () => {
  assert.equal(read('jobs'), { name: 'jobs', state: undefined, kind: undefined, json: false });
  assert.equal(read('jobs --state dead --kind price --json'), {
    name: 'jobs',
    state: 'dead',
    kind: 'price',
    json: true,
  });
  const id = '00000000-0000-4000-8000-000000000001';
  assert.equal(read(`jobs redrive ${id}`), { name: 'jobs redrive', id, kind: undefined });
  assert.equal(read('jobs redrive --all'), { name: 'jobs redrive', id: undefined, kind: undefined });
  assert.equal(read('jobs redrive --all --kind timer'), { name: 'jobs redrive', id: undefined, kind: 'timer' });
  refused('jobs redrive', /id of a job, or --all/);
  refused(`jobs redrive ${id} --all`, /or --all/);
  refused(`jobs redrive ${id} --kind price`, /goes with --all/);
  refused('jobs redrive 17', /as jobs shows it/);
  refused('jobs drop', /"drop"/);
});

test('rebuild names a view, and a site only for boards', () => {
  assert.equal(read('rebuild flow'), { name: 'rebuild', view: 'flow', site: undefined });
  assert.equal(read('rebuild boards --site north'), { name: 'rebuild', view: 'boards', site: 'north' });
  assert.equal(read('rebuild all'), { name: 'rebuild', view: 'all', site: undefined });
  refused('rebuild', /orders, boards, partner-events, flow, all/);
  refused('rebuild states', /one of orders/);
  refused('rebuild orders --site north', /--site is for boards/);
  refused('rebuild orders flow', /"flow"/);
});

test('what is unknown is refused and named', () => {
  refused('start', /no command "start"/);
  refused('up --rehearse', /--rehearse/);
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
  refused('up --workers 0', /--workers .*1 to 32/);
  refused('up --keepers=33', /--keepers .*1 to 32/);
  refused('users add', /--role/);
  refused('users add --role king', /operator/);
  refused('users add --role partner', /keys/);
  refused('users add --role buyer --count 0', /--count/);
  refused('users add --role operator --limit 0', /--limit/);
  refused('users add --role buyer --limit 3', /operators/);
  refused('users add --role', /--role/);
});
