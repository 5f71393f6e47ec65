import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import * as assert from 'uvu/assert';
import { endBackends } from '../../src/log/backend.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

/** Lets everybody in (authentication ok, ready for query) and then says nothing any more. */
const withSilentServer: Fixture<string> = async (lend) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await lend(`postgres://nobody@127.0.0.1:${(server.address() as AddressInfo).port}/none`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
};

const test = spec('a server that has fallen silent', withSilentServer);

test('keeps nobody who wants to end old sessions waiting for ever', async (url) => {
  const backend = { pid: 1, started: '0' };
  assert.equal(await endBackends({ url, name: 'test' }, [backend]), [backend]);
});
