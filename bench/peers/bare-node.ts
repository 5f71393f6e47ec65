/**
 * A node as small as one can be: bare Koa, no sessions, no schemas, no keys. `node bare-node.ts <port>` serves
 * `GET /orders/:id`: one GET from Redis, whose value begins with the version; 304 where the caller has that version;
 * `POST /orders/:id/:step/:operator`: one step of peer pg-cte;
 * `GET /board/:offset` and `GET /list/:offset`: a page by ORDER BY ... OFFSET of the same orders as ours, by an index;
 * and over bare Socket.IO, event `command {order, step, operator}`: the same step.
 */
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import Koa from 'koa';
import pg from 'pg';
import { Server } from 'socket.io';
import { OPERATORS } from '../_kit/bare.ts';
import type { Step } from '../_kit/contender.ts';
import { pgCte } from './pg-cte.ts';

const { DATABASE_URL: databaseUrl = '', DATABASE_ADMIN_URL: adminUrl = '', REDIS_URL: redisUrl = '' } = process.env;
const redis = new Redis(redisUrl);
const floor = pgCte({ databaseUrl, adminUrl, redisUrl }, OPERATORS);

const pool = new pg.Pool({ connectionString: adminUrl, max: 32, options: '-c jit=off' });

const PAGES = {
  async board(offset: number) {
    const cards = await pool.query({
      name: 'board',
      text: `SELECT card FROM orders WHERE site = 'north' AND lane = 'new' AND lane IS NOT NULL
             ORDER BY recent DESC, id DESC LIMIT 50 OFFSET $1`,
      values: [offset],
    });
    const counts = await pool.query({
      name: 'counts',
      text: `SELECT lane, count(*) FROM orders WHERE site = 'north' AND lane IS NOT NULL GROUP BY lane`,
    });
    return { items: cards.rows.map(({ card }) => card), counts: counts.rows };
  },
  async list(offset: number) {
    const text = `SELECT l.after AS state
      FROM (SELECT id, version, updated_at FROM orders ORDER BY updated_at DESC, id DESC LIMIT 50 OFFSET $1) o
      JOIN actor_log l ON l.kind = 'order' AND l.actor_id = o.id AND l.version = o.version
      ORDER BY o.updated_at DESC, o.id DESC`;
    const { rows } = await pool.query({ name: 'list', text, values: [offset] });
    return { items: rows.map(({ state }) => state) };
  },
};

const app = new Koa();
app.use(async (ctx) => {
  const [, what, id = '', step, operator] = ctx.path.split('/');
  if (what === 'board' || what === 'list') {
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(await PAGES[what](Number(id)));
    return;
  }
  if (ctx.method === 'POST') {
    const accepted = await floor.step(step as Step, id, Number(operator));
    ctx.status = accepted ? 200 : 409;
    ctx.body = { accepted };
    return;
  }
  const stored = await redis.get(id);
  if (stored === null) return;
  const space = stored.indexOf(' ');
  const tag = `"${stored.slice(0, space)}"`;
  ctx.set('ETag', tag);
  if (ctx.get('If-None-Match') === tag) {
    ctx.status = 304;
    return;
  }
  ctx.type = 'application/json';
  ctx.body = stored.slice(space + 1);
});

const server = createServer({ keepAliveTimeout: 600_000 }, app.callback()); // it waits while others are measured;
const io = new Server(server, { transports: ['websocket'], serveClient: false });
io.of('/mes').on('connection', (socket) => {
  socket.on('command', ({ order, type, operator }: { order: string; type: Step; operator: number }, ack) => {
    void floor.step(type, order, operator).then((ok) => ack({ ok }));
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('ready'));
process.on('SIGTERM', () => process.exit(0));
