/** The sockets of a node without the product behind them: one namespace with messages of the test’s own. */
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import Type from 'typebox';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { unauthenticated } from '../../src/identity/tokens.ts';
import type { Line } from '../../src/live/line.ts';
import { openSockets, type Sockets } from '../../src/live/socket-server.ts';
import { on, type Service } from '../../src/live/space.ts';
import type { Fixture } from '../_kit/spec.ts';

export interface Node {
  readonly server: Server;
  readonly port: number;
  readonly sockets: Sockets;
  /** Those who are there, oldest first. */
  readonly lines: readonly Line[];
  /** Messages that were served. */
  readonly served: readonly string[];
  /** Without a token a guest; a token is the name of its user. `port`: of a proxy. */
  connect(who?: { token?: string; port?: number; from?: string }): Promise<Socket>;
}

/** What `dear` counts as. */
export const DEAR = 10;
const Text = Type.Object({ text: Type.String() }, { additionalProperties: false });
const Bytes = Type.Object({ bytes: Type.Integer() }, { additionalProperties: false });

const principalOf = async (token: string): Promise<Principal> => {
  if (token.startsWith('bad')) throw unauthenticated('not a token');
  return { id: token, name: token, roles: [], tenant: 'house', sid: token, expiresAt: Date.now() + 1e8 };
};

/** `echo {text}`, `dear {text}` for ten times as much, `answer {bytes}` with so many. */
function serve(lines: Line[], served: string[]): Service {
  const echo = async (_line: Line, { text }: { text: string }) => {
    served.push(text);
    return { ack: { text } };
  };
  return {
    handlers: {
      echo: on(Text, echo),
      dear: on(Text, echo, DEAR),
      answer: on(Bytes, async (_line, { bytes }) => {
        served.push(String(bytes));
        return { ack: { text: 'x'.repeat(bytes) } };
      }),
    },
    came: (line) => void lines.push(line),
    gone: (line) => void lines.splice(lines.indexOf(line), 1),
    close: async () => undefined,
  };
}

const noRedis = (): Redis =>
  Object.assign(new EventEmitter(), { status: 'wait', disconnect: () => undefined }) as unknown as Redis;

export const withSockets =
  ({ perSecond = 100 } = {}): Fixture<Node> =>
  async (lend) => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const lines: Line[] = [];
    const served: string[] = [];
    const clients: Socket[] = [];
    const sockets = openSockets({
      server,
      spaces: [{ name: '/test', guests: true, admits: () => true, serve: () => serve(lines, served) }],
      subscriber: noRedis(),
      sessionsEnded: '',
      lookSession: async () => true,
      sessionHasEnded: () => false,
      principalOf,
      origins: new Set(),
      proxies: ['127.0.0.1'],
      socketsPerUser: 50,
      socketsPerAddress: 1_000,
      rate: new RateLimit(perSecond),
      statusOf: httpStatusOf,
      log: { error: (fields) => console.error(fields) },
    });
    const connect: Node['connect'] = async ({ token, port: at = port, from } = {}) => {
      const socket = io(`http://127.0.0.1:${at}/test`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        ...(token === undefined ? {} : { auth: { token } }),
        ...(from === undefined ? {} : { extraHeaders: { 'x-forwarded-for': from } }),
      });
      clients.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', (error: Error & { data?: object }) => reject(error.data ?? error));
      });
      return socket;
    };
    try {
      await lend({ server, port, sockets, lines, served, connect });
    } finally {
      for (const socket of clients) {
        readAgain(socket); // else it never hears the other end's farewell
        socket.close();
      }
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };

/** What the client keeps to itself. */
interface Below {
  readonly transport: { readonly ws: { readonly _socket: Stream } };
}

interface Stream {
  pause(): void;
  resume(): void;
}

/** A client that is closed forgets its stream, which would stay open. */
const stopped = new WeakMap<Socket, Stream>();

/** The client reads nothing from now on, but sends. */
export function stopReading(socket: Socket): void {
  const { transport } = socket.io.engine as unknown as Below;
  stopped.set(socket, transport.ws._socket);
  transport.ws._socket.pause();
}

export const readAgain = (socket: Socket): void => stopped.get(socket)?.resume();
