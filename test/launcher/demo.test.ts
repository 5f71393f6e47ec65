import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { ROLES, readArguments } from '../../src/launcher/arguments.ts';
import { checkHidden, demoSettings } from '../../src/launcher/demo.ts';
import { castOf } from '../../src/launcher/demo-cast.ts';
import { demoTable } from '../../src/launcher/demo-table.ts';
import { fleetAsArguments } from '../../src/launcher/fleet.ts';
import { placeOf } from '../../src/launcher/place.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('the cast of the demo');

const FLEET = { nodes: 1, workers: 1, keepers: 1 };

const codeAt = (env: Readonly<Record<string, string>>, demo: 'users' | 'all' | undefined, force = false): string => {
  try {
    checkHidden(placeOf(env), { ...FLEET, force, ...(demo === undefined ? {} : { demo }) }, env);
    return 'ok';
  } catch (error) {
    return codeOf(error) ?? 'thrown';
  }
};

test('has every role, those of the floor at every site, and no log-in twice', () => {
  const cast = castOf(['north', 'south', 'west']);
  assert.equal(new Set(cast.map(({ role }) => role)), new Set(ROLES));
  for (const site of ['north', 'south', 'west'])
    for (const role of ['operator', 'packer', 'quality', 'supervisor'])
      assert.ok(
        cast.some((one) => one.site === site && one.role === role),
        `${role} at ${site}`,
      );
  assert.is(new Set(cast.map(({ login }) => login)).size, cast.length);
  assert.equal(
    cast.filter(({ site, role }) => site === 'north' && role === 'operator').map(({ login, demo }) => [login, demo]),
    [
      ['anna', 'played'],
      ['ivan', 'played'],
      ['marta', 'played'],
      ['olga', 'free'],
    ],
  );
});

test('is to be reached from this machine alone, or somebody insists', () => {
  for (const host of ['', '127.0.0.1', '127.1.2.3', 'localhost', '::1'])
    assert.is(codeAt({ ANDON_HOST: host }, 'all'), 'ok', host);
  const near = 'http://localhost:8080,http://127.0.0.1:8080, http://[::1]:8080';
  assert.is(codeAt({ ANDON_ORIGINS: near, ANDON_PROXIES: '' }, 'all'), 'ok');
  const far = ['0.0.0.0', '::', '192.168.0.7', 'example.org', '1127.0.0.1'].map((host) => ({ ANDON_HOST: host }));
  const behind = [{ ANDON_PROXIES: '127.0.0.1' }, { ANDON_ORIGINS: `${near},https://house.example` }];
  for (const env of [...far, ...behind]) {
    const what = JSON.stringify(env);
    assert.is(codeAt(env, 'users'), 'exposed', what);
    assert.is(codeAt(env, 'all', true), 'ok', what);
    assert.is(codeAt(env, undefined), 'ok', 'without a demo that is nobody’s business');
  }
});

test('is insisted on in the background as in the foreground', () => {
  const words = fleetAsArguments({ ...FLEET, demo: 'all', force: true });
  const read = readArguments(['up', ...words]);
  assert.ok(read.name === 'up' && read.force && read.demo === 'all');
});

test('shortens what people forget, unless it was set by hand', () => {
  assert.equal(demoSettings({ ...FLEET, demo: 'all' }, { ANDON_EXPIRE_MS: '5' }), {
    ANDON_PRICE_VALID_MS: '600000',
    ANDON_EXPIRE_MS: '5',
  });
  assert.equal(demoSettings({ ...FLEET, demo: 'users' }, {}), {});
  assert.equal(demoSettings(FLEET, {}), {});
});

test('is shown with page and password, first those whom nobody plays', () => {
  const of = { url: 'http://x', password: 'p', site: null };
  const logins = [
    { ...of, role: 'operator', site: 'north', login: 'anna', demo: 'played' as const },
    { ...of, role: 'partner', login: 'Aurora', password: '', apiKey: 'ak_1', demo: 'played' as const },
    { ...of, role: 'buyer', login: 'tom', demo: 'free' as const },
    { ...of, role: 'supervisor', site: 'north', login: 'supervisor-north-1' },
  ];
  assert.equal(demoTable(logins, true), [
    'Be one of these; nobody plays them:',
    '  http://x/  buyer  tom  p',
    'Played by the demo, and you may sign in beside them:',
    '  http://x/board  operator, north  anna    p',
    '  http://x/v1     partner          Aurora  ak_1',
  ]);
  assert.is(demoTable(logins, false).length, 4);
});
