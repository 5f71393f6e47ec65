/** Before Postgres, for one node: passes everything on and counts the statements that the node runs. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface CountingProxy {
  /** The database by way of the proxy. */
  readonly url: string;
  /** Statements so far. */
  readonly statements: number;
  /** Those that are prepared, by name; the others are ''. */
  readonly byName: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const QUERY = 'Q'.charCodeAt(0);
const BIND = 'B'.charCodeAt(0);
const EXECUTE = 'E'.charCodeAt(0);

/** Of the frontend's messages; the first of a connection has no type. */
function counter(count: (name: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let name = '';
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const typed = started ? 1 : 0;
      if (rest.length < typed + 4) return;
      const length = typed + rest.readInt32BE(typed);
      if (rest.length < length) return;
      if (started && rest[0] === BIND) name = nameIn(rest);
      if (started && (rest[0] === QUERY || rest[0] === EXECUTE)) count(rest[0] === QUERY ? '' : name);
      started = true;
      rest = rest.subarray(length);
    }
  };
}

/** Of the statement, behind that of the portal. */
function nameIn(message: Buffer): string {
  const start = message.indexOf(0, 5) + 1;
  return message.toString('utf8', start, message.indexOf(0, start));
}

export async function countStatements(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl);
  const postgres = { host: target.hostname, port: Number(target.port) };
  let statements = 0;
  const byName = new Map<string, number>();
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(postgres);
    const read = counter((name) => {
      statements += 1;
      byName.set(name, (byName.get(name) ?? 0) + 1);
    });
    client.on('data', read);
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: target.href,
    get statements() {
      return statements;
    },
    byName,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
