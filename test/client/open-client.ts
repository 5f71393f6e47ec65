/** Clients of `web/client` as a program uses them, before real nodes that may be lost on the way. */
import { createServer, connect as openSocket, type Socket } from 'node:net';
import * as assert from 'uvu/assert';
import type { BoardLive } from '../../web/client/board-live.ts';
import { type Client, type ClientOptions, connect } from '../../web/client/client.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Live, withLive } from '../gateways/open-live.ts';
import type { NodeOptions } from '../gateways/open-rest.ts';

export interface ClientWorld extends Live {
  /** Where clients come in: leads to the first node until it is led elsewhere. */
  readonly front: Front;
  /** Comes in by the front unless told. */
  client(options: ClientOptions): Promise<Client>;
}

/** What stands before the nodes: a balancer that knows one of them at a time. */
export interface Front {
  readonly url: string;
  /** Where new connections go; the open ones stay where they are. */
  lead(port: number): void;
  /** The same, and the open ones die. */
  leadTo(port: number): void;
  /** All connections die, new ones go where they went. */
  cut(): void;
}

export const portOf = (url: string): number => Number(new URL(url).port);

async function openFront(port: number): Promise<Front & { close(): Promise<void> }> {
  let target = port;
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    const node = openSocket(target, '127.0.0.1');
    for (const [socket, other] of [
      [client, node],
      [node, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return {
    url: `http://127.0.0.1:${address.port}`,
    lead: (next) => {
      target = next;
    },
    leadTo: (next) => {
      target = next;
      cut();
    },
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export const withClients =
  (options: NodeOptions = {}): Fixture<ClientWorld> =>
  (lend, title) =>
    withLive(options)(async (live) => {
      const front = await openFront(portOf(live.url));
      const clients: Client[] = [];
      try {
        await lend({
          ...live,
          front,
          client: async (given) => {
            const client = await connect({ url: front.url, ...given });
            clients.push(client);
            return client;
          },
        });
      } finally {
        for (const client of clients) client.close();
        await front.close();
      }
    }, title);

/** The client itself says that it has what the server has. */
export const assertSame = (board: BoardLive): Promise<unknown> =>
  until('the client has the server’s board', async () => (await board.digest()) === true, 20_000);

export const isLive = (board: BoardLive): Promise<unknown> =>
  until('the board is live', () => board.state === 'live', 20_000);

/** An approved order that a board shows. */
export async function shown(board: BoardLive, order: string): Promise<void> {
  await until('the board shows the order', () => board.picture.places.get(order)?.card != null);
  assert.ok(board.picture.places.has(order));
}
