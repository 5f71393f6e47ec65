import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { nodePorts, privatePorts } from '../../src/launcher/bind.ts';
import { pauseMs } from '../../src/launcher/kept.ts';
import { newestChange, pagesAreFresh } from '../../src/launcher/pages.ts';
import { placeOf, ROOT } from '../../src/launcher/place.ts';
import { readSecrets } from '../../src/launcher/secrets.ts';
import { fillTemplate, nginxConf } from '../../src/launcher/servers/nginx.ts';
import { originsOf, processEnv, sharedSettings } from '../../src/launcher/settings.ts';
import { spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

const test = spec('what the launcher decides', withPlace);

const stores = { databaseUrl: 'postgres://a/b', redisUrl: 'redis://c', amqpUrl: 'amqp://d' };

test('data lies in the checkout unless ANDON_DATA says otherwise, from where the caller stands', () => {
  assert.is(placeOf({}).data, join(ROOT, '.andon'));
  assert.is(placeOf({ ANDON_DATA: 'x' }, '/somewhere').data, '/somewhere/x');
  assert.is(placeOf({ ANDON_DATA: '' }).data, join(ROOT, '.andon'));
});

test('a port that is none is refused by its name', () => {
  for (const port of ['0', '65536', 'http', '80 80', '-1'])
    assert.throws(
      () => placeOf({ ANDON_PORT: port }),
      (error: Error) => codeOf(error) === 'bad_settings' && /ANDON_PORT/.test(error.message),
    );
});

test('one node has the public port; several have those after it', () => {
  const place = placeOf({ ANDON_PORT: '9000' });
  assert.equal(nodePorts(place, 1), [9000]);
  assert.equal(nodePorts(place, 3), [9001, 9002, 9003]);
});

test('what the caller sets itself is kept', (place) => {
  const env = {
    ANDON_SECRET: 'x'.repeat(40),
    ANDON_FILES: 'mine',
    ANDON_SPOOL: 'ssd',
    ANDON_ORIGINS: 'https://andon.example',
  };
  const settings = sharedSettings(place, readSecrets(place), stores, [8080], env, '/somewhere');
  assert.is(settings.ANDON_SECRET, env.ANDON_SECRET);
  assert.is(settings.ANDON_FILES, '/somewhere/mine');
  assert.is(settings.ANDON_SPOOL, '/somewhere/ssd');
  assert.is(settings.ANDON_ORIGINS, 'https://andon.example');
});

test('what the caller sets for Andon counts for later commands too', (place) => {
  const env = { ANDON_PREFIX: 'mine', ANDON_DRAIN_MS: '', PATH: '/bin' };
  const settings: Record<string, string> = sharedSettings(place, readSecrets(place), stores, [8080], env);
  assert.is(settings['ANDON_PREFIX'], 'mine');
  assert.is(settings['ANDON_DRAIN_MS'], undefined);
  assert.is(settings['PATH'], undefined);
});

test('no process sees the owner’s login', () => {
  const env = processEnv({ DATABASE_ADMIN_URL: 'postgres://owner', HOME: '/home' }, { DATABASE_URL: 'postgres://app' });
  assert.equal(env, { HOME: '/home', DATABASE_URL: 'postgres://app' });
});

test('pages are believed from the public port and from each node, by name and by number', () => {
  const origins = originsOf(placeOf({ ANDON_PORT: '80' }), [81]);
  assert.equal(origins.sort(), ['http://127.0.0.1', 'http://127.0.0.1:81', 'http://localhost', 'http://localhost:81']);
});

test('private ports are free, different, and never the public ones', async () => {
  const ports = await privatePorts(20, [12_345]);
  assert.is(new Set(ports).size, 20);
  assert.not.ok(ports.includes(12_345));
});

test('a program that dies young waits longer each time, and never 2 s', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 100].map(pauseMs);
  assert.equal(
    pauses,
    [...pauses].sort((a, b) => a - b),
  );
  assert.ok(pauses[0]! <= 100);
  assert.ok(pauses.at(-1)! < 1_500);
});

test('nginx’s template is filled completely', (place) => {
  const options = {
    dir: place.data,
    template: join(ROOT, 'deploy/nginx.conf'),
    host: '127.0.0.1',
    port: 9000,
    nodePorts: [9001, 9002],
    bodyBytes: 99_000_000,
    modelBytes: 90_000_000,
  };
  const text = nginxConf(options, false);
  assert.not.match(text, /@[a-z_]+@/);
  assert.match(text, /server 127\.0\.0\.1:9001 .*\n\s+server 127\.0\.0\.1:9002 /);
  assert.match(text, /listen 127\.0\.0\.1:9000;/);
  assert.match(text, /client_max_body_size 99000000;/);
  assert.not.match(text, /^user /m);
  assert.match(nginxConf(options, true), /^user www-data;/m);
});

test('a template and its values fit or it is told', () => {
  assert.is(fillTemplate('a @b@ c', { b: '1' }), 'a 1 c');
  assert.throws(() => fillTemplate('@b@', {}), /@b@/);
  assert.throws(() => fillTemplate('', { b: '1' }), /b/);
});

test('pages are fresh until a source changes', (place) => {
  const root = place.data;
  const at = (path: string, second: number): void => utimesSync(join(root, path), second, second);
  for (const folder of ['web', 'gateways/contract', 'actors', 'dist/web'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['package-lock.json', 'web/a.ts', 'dist/.web-built']) writeFileSync(join(root, file), '');
  for (const path of ['package-lock.json', 'web/a.ts', 'web', 'gateways/contract', 'actors']) at(path, 1_000);
  at('dist/.web-built', 2_000);
  assert.ok(pagesAreFresh(root));
  at('web/a.ts', 3_000);
  assert.is(newestChange(join(root, 'web')), 3_000_000);
  assert.not.ok(pagesAreFresh(root));
});
