/**
 * A TCP proxy that loses things, or is slow. `cutReplies`: the server gets and does what was sent, its answer is dropped and the
 * client's connection dies. `cutRequests`: what the client sends is dropped and the connection dies, so nothing was
 * done. Both hit connections when the next bytes flow, open and new ones, until `resume()` or the given number is cut.
 */
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CutProxy {
  readonly port: number;
  /** Connections cut so far. */
  cuts(): number;
  cutReplies(connections?: number): void;
  cutRequests(connections?: number): void;
  /** Nothing flows any more, nothing is closed: a dead line. */
  stall(): void;
  /** Nobody is there: open connections die, new ones at once. */
  refuse(): void;
  /** What the server says comes so much later, milliseconds, each time another time between the two. */
  delay(least: number, most: number): void;
  /** What the server says is taken no faster than this, on each connection: a slow line. */
  throttle(bytesPerSecond: number): void;
  /** Everything flows again, at once; what stalled goes on. */
  resume(): void;
  close(): Promise<void>;
}

type Mode = 'flow' | 'cut-replies' | 'cut-requests' | 'stall' | 'refuse';

const between = (least: number, most: number): number => least + Math.random() * (most - least);

export async function cutProxy(targetPort: number): Promise<CutProxy> {
  let mode: Mode = 'flow';
  let left = 0;
  let cuts = 0;
  let late: readonly [number, number] | undefined;
  let fastest: number | undefined;
  const sockets = new Set<Socket>();

  const relay = (from: Socket, to: Socket, cutsAt: Mode): void => {
    /** What is delayed, in order. */
    let queue: Promise<unknown> | undefined;
    const write = (bytes: Buffer): void => {
      if (to.write(bytes)) return;
      from.pause();
      to.once('drain', () => mode !== 'stall' && from.resume());
    };
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
      } else if (cutsAt === 'cut-replies' && (late !== undefined || queue !== undefined)) {
        const ready = late === undefined ? undefined : sleep(between(...late));
        const turn = Promise.all([queue, ready]).then(() => {
          if (!to.destroyed) write(bytes);
          if (queue === turn) queue = undefined;
        });
        queue = turn;
      } else if (cutsAt === 'cut-replies' && fastest !== undefined) {
        from.pause();
        setTimeout(
          () => {
            if (to.destroyed) return;
            if (mode !== 'stall') from.resume();
            write(bytes);
          },
          bytes.length / (fastest / 1_000),
        );
      } else write(bytes);
    });
    from.on('close', () => {
      sockets.delete(from);
      to.end();
    });
    from.on('error', () => to.destroy());
  };

  const server = createServer((client) => {
    if (mode === 'refuse') {
      client.on('error', () => undefined).destroy();
      return;
    }
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
    refuse() {
      mode = 'refuse';
      for (const socket of sockets) socket.destroy();
    },
    delay(least, most) {
      late = [least, most];
    },
    throttle(bytesPerSecond) {
      fastest = bytesPerSecond;
    },
    resume() {
      mode = 'flow';
      late = undefined;
      fastest = undefined;
      for (const socket of sockets) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
