/** What `status` makes of a run: every one is asked, and what is not well is named. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as assert from 'uvu/assert';
import { bootId, identify } from '../../src/launcher/pids.ts';
import type { Place } from '../../src/launcher/place.ts';
import { type RunFile, writeRun } from '../../src/launcher/run-file.ts';
import { freePort } from '../../src/launcher/servers/ports.ts';
import { readStatus, status } from '../../src/launcher/status.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

interface House {
  readonly place: Place;
  /** Answers /readyz with what stands there; nothing: with silence until the end. */
  answering(code?: number, degraded?: readonly string[]): Promise<string>;
}

const withHouse: Fixture<House> = (lend, title) =>
  withPlace(async (place) => {
    const servers: Server[] = [];
    try {
      await lend({
        place,
        async answering(code, degraded = []) {
          const server = createServer((_, response) => {
            if (code !== undefined) response.writeHead(code).end(JSON.stringify({ ready: code === 200, degraded }));
          }).listen(0, '127.0.0.1');
          servers.push(server);
          await once(server, 'listening');
          return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        },
      });
    } finally {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    }
  }, title);

const test = spec('status', withHouse);

const self = identify(process.pid)!;
const DEAD = { pid: process.pid, started: '1' };

const runOf = (place: Place, parts: Partial<RunFile>): void =>
  writeRun(place, {
    boot: bootId(),
    supervisor: self,
    state: 'ready',
    url: place.url,
    ...{ nodes: 1, workers: 1, keepers: 1 },
    settings: {},
    servers: [],
    processes: [],
    ...parts,
  });

const said = async (place: Place): Promise<{ code: number; text: string }> => {
  const lines: string[] = [];
  const code = await status(place, false, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
};

test('is ready when web nodes, workers and servers all answer', async ({ place, answering }) => {
  const [url, ops, redis] = [await answering(200), await answering(200), await answering(200)];
  runOf(place, {
    processes: [
      { type: 'web', index: 1, ...self, url },
      { type: 'worker', index: 1, ...self, ops },
    ],
    servers: [{ name: 'redis', ...self, url: redis.replace('http://', 'redis://:secret@') }],
  });
  const { code, text } = await said(place);
  assert.is(code, 0, text);
  assert.match(text, /^Andon is ready/);
  assert.not.match(text, /secret|starting|answering/);
  const { processes, servers, degraded, gone, watched } = await readStatus(place);
  assert.ok([...processes, ...servers].every(({ ready }) => ready));
  assert.equal([degraded, gone, watched], [[], [], true]);
});

test('is not ready while any process does without a server, and names it', async ({ place, answering }) => {
  const [url, ops, port] = [await answering(200), await answering(200, ['postgres']), await answering(200)];
  runOf(place, {
    processes: [
      { type: 'web', index: 1, ...self, url },
      { type: 'keeper', index: 1, ...self, ops },
    ],
    // A frozen one still takes connections.
    servers: [{ name: 'postgres', ...self, url: port.replace('http', 'postgres') }],
  });
  const { code, text } = await said(place);
  assert.is(code, 1);
  assert.match(text, /^Andon is not ready/);
  assert.match(text, /degraded: postgres/);
  assert.match(text, /postgres .*not answering/);
  const now = await readStatus(place);
  assert.equal([now.ready, now.degraded, now.servers[0]?.ready], [false, ['postgres'], false]);
});

test('is ready on a machine that can’t close its sandbox, and says so', async ({ place, answering }) => {
  runOf(place, { processes: [{ type: 'worker', index: 1, ...self, ops: await answering(200, ['sandbox']) }] });
  const { code, text } = await said(place);
  assert.is(code, 0);
  assert.match(text, /degraded: sandbox/);
});

test('marks each that is not ready with the reason', async ({ place, answering }) => {
  const closed = `http://127.0.0.1:${await freePort()}`;
  const urls = [
    closed,
    await answering(503, ['starting']),
    await answering(503, ['draining']),
    await answering(),
    await answering(200),
  ];
  runOf(place, {
    processes: urls.map((url, i) => ({ type: 'web', index: i + 1, ...self, url })),
    servers: [{ name: 'redis', ...self, url: closed.replace('http', 'redis') }],
  });
  const { processes, servers, ready, degraded } = await readStatus(place);
  assert.equal(
    processes.map(({ mark }) => mark),
    ['starting', 'starting', 'draining', 'not answering', undefined],
  );
  assert.equal(
    processes.map((one) => one.ready),
    [false, false, false, false, true],
  );
  assert.equal([servers[0]?.mark, ready, degraded], ['starting', false, []]);
  assert.match((await said(place)).text, /web 1 .* starting\n.*web 2 .*\n.*\n.*web 4 .*not answering\n/);
});

test('names what has ended, and what is about to be done', async ({ place, answering }) => {
  const parts = {
    processes: [
      { type: 'web', index: 1, ...self, url: await answering(200) },
      { type: 'web', index: 2, ...DEAD },
    ],
  };
  runOf(place, parts);
  const restarting = await said(place);
  assert.is(restarting.code, 1);
  assert.match(restarting.text, /web 2 +ended; it is started again/);
  assert.equal((await readStatus(place)).gone, ['web 2']);
});

test('tells that nobody watches over what runs', async ({ place, answering }) => {
  runOf(place, { supervisor: DEAD, processes: [{ type: 'web', index: 1, ...self, url: await answering(200) }] });
  const { code, text } = await said(place);
  assert.is(code, 1);
  assert.match(text, /nobody watches over it: `up` was killed/);
  assert.is((await readStatus(place)).watched, false);
});
