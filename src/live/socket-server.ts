/**
 * The sockets of a web node: Socket.IO over WebSocket only, so that any node serves any client and nothing is sticky.
 *
 * N1 A foreign page is refused at the upgrade, before any handshake (upgrade.ts).
 * N2 Each namespace knows who is at the other end (admit.ts); when the session ends, so does the socket.
 * N3 Ending by `close` looks like a lost connection, so clients come back by themselves, to another node; a socket closed
 *    for its own sake (`Line.close`) is told so.
 * N4 No client takes more than its part of the node: it is read only so fast (reading.ts, dispatch.ts), and only so much
 *    waits for it (line.ts, backlog.ts), however little it reads.
 */
import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Redis } from 'ioredis';
import { type Socket, Server as SocketIo } from 'socket.io';
import { type Admission, admission, callerOf } from './admit.ts';
import { type Dispatch, Dispatcher, nackOf } from './dispatch.ts';
import { Line } from './line.ts';
import { bePatient } from './patience.ts';
import { readWithin } from './reading.ts';
import { renewal } from './renewal.ts';
import { SessionWatch } from './session-watch.ts';
import { slim } from './slim.ts';
import type { Service, Space } from './space.ts';
import { takeUpgrades } from './upgrade.ts';
import { type Conn, cut } from './wire.ts';
import { parser } from './written.ts';

export interface SocketOptions extends Admission {
  readonly server: Server;
  readonly spaces: readonly Space[];
  /** For the revocations of sessions: a connection of its own. */
  readonly subscriber: Redis;
  /** Channel of the ids of revoked sessions. */
  readonly sessionsEnded: string;
  /** undefined = the session has ended. */
  lookSession(sid: string): Promise<unknown>;
  /** What this node knows by itself, at once. */
  sessionHasEnded(sid: string): boolean;
  /** HTTP status of a code; undefined = not meant to be seen. */
  statusOf(code: string): number | undefined;
  readonly log: { error(fields: object, text: string): void };
}

export interface Sockets {
  /** Open connections. */
  readonly size: number;
  /** Asks all to come back elsewhere, spread over `spreadMs`; resolves when they went, at the latest `lateMs` after that. */
  drain(spreadMs: number, lateMs: number): Promise<void>;
  close(): Promise<void>;
}

const PATH = '/socket.io/';
const MOST_BYTES = 64 * 1024;
/** Who joined no namespace by then is closed. */
const JOIN_MS = 10_000;
const PING = { pingInterval: 10_000, pingTimeout: 5_000 };
const LOOK_MS = 50;
/** Whoever was closed answers within it, or is cut: a WebSocket waits 30 s for that, with all that waits in it. */
const FAREWELL_MS = 2_000;
/** Whatever a client sends: its messages, which have a limit of their own, and acknowledgements of ours. */
const PACKETS_PER_SECOND = 1_000;
const packetsPerSecond = (messages: number): number => Math.max(PACKETS_PER_SECOND, 5 * messages);

export function openSockets(options: SocketOptions): Sockets {
  // Its own HTTP server never listens: upgrades come from the node's, after the check of their Origin.
  const inner = createServer();
  const io = new SocketIo(inner, {
    path: PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MOST_BYTES,
    connectTimeout: JOIN_MS,
    parser,
    ...PING,
  });
  io.engine.on('connection', (conn: Conn) => {
    slim(conn);
    readWithin(conn, packetsPerSecond(options.rate.perSecond));
    bePatient(conn, { pingTimeoutMs: PING.pingTimeout });
    conn.once('close', () => setTimeout(() => cut(conn), FAREWELL_MS).unref());
  });
  let draining = false;
  /** Over so long those who are here are to leave, milliseconds. */
  let leavingOverMs: number | undefined;
  const stop = takeUpgrades(options.server, {
    path: PATH,
    origins: options.origins,
    proxies: options.proxies,
    perAddress: options.socketsPerAddress,
    draining: () => draining,
    accept: (request, socket, head) => inner.emit('upgrade', request, socket, head),
  });
  const sessions = new SessionWatch({
    subscriber: options.subscriber,
    channel: options.sessionsEnded,
    look: (sid) => options.lookSession(sid),
    hasEnded: (sid) => options.sessionHasEnded(sid),
  });
  io.use((_socket, next) => next(refusal('not_found')));
  const admit = admission(options);
  const services = options.spaces.map((space) =>
    openSpace(io, space, { options, sessions, admit, leaving: () => leavingOverMs }),
  );

  return {
    get size() {
      return io.engine.clientsCount;
    },
    async drain(spreadMs, lateMs) {
      draining = true;
      leavingOverMs = spreadMs;
      const until = performance.now() + spreadMs + lateMs;
      for (const { name } of options.spaces)
        for (const socket of io.of(name).sockets.values()) sendAway(socket, spreadMs);
      while (io.engine.clientsCount > 0 && performance.now() < until)
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    },
    async close() {
      draining = true;
      stop();
      sessions.close();
      await io.close();
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

interface Around {
  readonly options: SocketOptions;
  readonly sessions: SessionWatch;
  readonly admit: ReturnType<typeof admission>;
  /** undefined: nobody is to leave. */
  leaving(): number | undefined;
}

function openSpace(io: SocketIo, space: Space, { options, sessions, admit, leaving }: Around): Service {
  const nsp = io.of(space.name);
  const service = space.serve((room, event, message) => {
    nsp.local.to(room).emit(event, message);
  });
  const handlers = { ...service.handlers, 'session:renew': renewal(options, space) };
  const dispatch: Dispatch = {
    handlers,
    rate: options.rate,
    statusOf: options.statusOf,
    failed: (error, event) => options.log.error({ error, event }, 'a message failed'),
  };
  const lines = new WeakMap<Socket, Line>();
  nsp.use((socket, next) => {
    admit(socket, space).then(
      (principal) => {
        lines.set(socket, new Line(socket, principal));
        next();
      },
      (error: unknown) => {
        const { code, ...details } = nackOf(error, options.statusOf);
        if (code === 'internal') options.log.error({ error }, 'a socket was not admitted');
        next(refusal(code, details));
      },
    );
  });
  nsp.on('connection', (socket) => {
    const line = lines.get(socket);
    if (line === undefined) return;
    sessions.add(line);
    service.came?.(line);
    const overMs = leaving();
    if (overMs !== undefined) sendAway(socket, overMs); // it was on its way in
    const caller = callerOf(socket, line.principal, options.proxies) ?? line.id;
    const dispatcher = new Dispatcher(dispatch, line, caller);
    socket.onAny((event: string, ...args: unknown[]) => dispatcher.take(event, args));
    socket.on('disconnect', () => {
      sessions.remove(line);
      service.gone(line);
    });
  });
  return service;
}

function sendAway(socket: Socket, overMs: number): void {
  socket.emit('server:drain', { comeBackInMs: randomInt(Math.max(1, Math.floor(overMs))) });
}

/** What the client gets as `connect_error`. */
const refusal = (code: string, details: object = {}): Error =>
  Object.assign(new Error(code), { data: { ...details, code } });
