/**
 * Ports of this machine's loopback: finding free ones, asking whoever listens. A free port is only probably still free
 * when its server binds it; the server then says so, and `startChild` turns that into `port_taken`.
 */
import { connect, createServer, type Server } from 'node:net';

const bind = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const unbind = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
};

/** `count` different free ports: all bound together, then closed, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => bind(0)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(unbind));
  return ports;
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no free port');
  return port;
}

/** Whether `port` could be bound right now. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await unbind(await bind(port));
    return true;
  } catch {
    return false;
  }
}

/** Whether somebody listens on `port`. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (does: boolean): void => {
      socket.destroy();
      resolve(does);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.on('connect', () => settle(true));
    socket.on('error', () => settle(false));
  });

/** Sends `bytes` to a port of this machine and resolves with the first piece of the answer. */
export const ask = (port: number, bytes: string | Buffer, ms = 1_000): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const settle = (act: () => void): void => {
      socket.destroy();
      act();
    };
    socket.setTimeout(ms, () => settle(() => reject(new Error(`port ${port} does not answer`))));
    socket.on('data', (data) => settle(() => resolve(data)));
    socket.on('error', (error) => settle(() => reject(error)));
    socket.on('end', () => settle(() => reject(new Error(`port ${port} closed the connection`))));
  });
