/**
 * A TCP proxy that loses things. `cutReplies`: the server gets and does what was sent, its answer is dropped and the
 * client's connection dies. `cutRequests`: what the client sends is dropped and the connection dies, so nothing was
 * done. Both hit connections when the next bytes flow, open and new ones, until `resume()` or the given number is cut.
 */
import { connect, createServer, type Socket } from 'node:net';

export interface CutProxy {
  readonly port: number;
  /** Connections cut so far. */
  cuts(): number;
  cutReplies(connections?: number): void;
  cutRequests(connections?: number): void;
  /** Nothing flows any more, nothing is closed: a dead line. */
  stall(): void;
  /** Everything flows again; what stalled goes on. */
  resume(): void;
  close(): Promise<void>;
}

type Mode = 'flow' | 'cut-replies' | 'cut-requests' | 'stall';

export async function cutProxy(targetPort: number): Promise<CutProxy> {
  let mode: Mode = 'flow';
  let left = 0;
  let cuts = 0;
  const sockets = new Set<Socket>();

  const relay = (from: Socket, to: Socket, cutsAt: Mode): void => {
    from.on('data', (bytes) => {
      if (mode === cutsAt) {
        cuts += 1;
        left -= 1;
        if (left <= 0) mode = 'flow';
        from.removeAllListeners('data');
        to.removeAllListeners('data');
        // Without a goodbye: the server may be in the middle of the next statement and must not notice before.
        from.destroy();
        to.destroy();
      } else if (!to.write(bytes)) {
        from.pause();
        to.once('drain', () => mode !== 'stall' && from.resume());
      }
    });
    from.on('close', () => {
      sockets.delete(from);
      to.end();
    });
    from.on('error', () => to.destroy());
  };

  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      if (mode === 'stall') socket.pause();
    }
    relay(client, target, 'cut-requests');
    relay(target, client, 'cut-replies');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');

  const cut = (next: Mode, connections: number): void => {
    mode = next;
    left = connections;
  };
  return {
    port: address.port,
    cuts: () => cuts,
    cutReplies: (connections = Number.POSITIVE_INFINITY) => cut('cut-replies', connections),
    cutRequests: (connections = Number.POSITIVE_INFINITY) => cut('cut-requests', connections),
    stall() {
      mode = 'stall';
      for (const socket of sockets) socket.pause();
    },
    resume() {
      mode = 'flow';
      for (const socket of sockets) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
