/**
 * A node of the plain peer: Socket.IO as it comes, many nodes over Redis with the sharded adapter, no sessions.
 * `node live-node.ts <port>`. A client joins a room by `follow {board}` or `follow {order}` and is answered what stands
 * there, read from Postgres after it joined; from then on it gets `changed` for each change. Who was away joins anew:
 * rooms remember nothing (and the adapter has no recovery of connections).
 */
import { createServer } from 'node:http';
import pg from 'pg';
import { boardChangeOf, changeOf } from './live-card.ts';
import { boardRoom, liveNamespace, orderRoom } from './live-io.ts';

const { DATABASE_ADMIN_URL: adminUrl = '', REDIS_URL: redisUrl = '' } = process.env;
const pool = new pg.Pool({ connectionString: adminUrl, max: 32 });
const server = createServer();

interface Follow {
  readonly board?: string;
  readonly order?: string;
}

interface Stored {
  readonly id: string;
  readonly version: number;
}

const read = async (name: string, where: string, value: string): Promise<readonly Stored[]> => {
  const text = `SELECT id, version FROM peer_orders WHERE ${where} ORDER BY updated_at DESC`;
  return (await pool.query<Stored>({ name, text, values: [value] })).rows;
};

liveNamespace(redisUrl, server).on('connection', (socket) => {
  socket.on('follow', async ({ board, order }: Follow, ack: (answer: object) => void) => {
    if (board !== undefined) {
      await socket.join(boardRoom(board));
      const items = await read('board', 'site = $1', board);
      ack({ ok: true, items: items.map(({ id, version }) => boardChangeOf(id, version)) });
    } else if (order !== undefined) {
      await socket.join(orderRoom(order));
      const items = await read('order', 'id = $1', order);
      ack({ ok: true, items: items.map(({ id, version }) => changeOf(id, version)) });
    }
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('ready'));
process.on('SIGTERM', () => process.exit(0));
