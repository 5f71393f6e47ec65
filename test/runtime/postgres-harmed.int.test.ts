import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { type CutProxy, cutProxy } from '../_kit/cut-proxy.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type OwnPostgres, ownPostgres } from '../_kit/postgres.ts';
import { ownRedis } from '../_kit/redis.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { Load } from './load.ts';
import { BUYER, creation, lendWorks, PRICED, SYSTEM, signed, type Works } from './works.ts';

/** Afterwards every command is repeated under its id until it is answered, and the log must explain every answer. */
async function underLoad(works: Works, harm: (load: Load) => Promise<void>): Promise<void> {
  const [crew, orders] = await Promise.all([works.crew(6, 2), works.orders(24)]);
  const load = new Load(works, { crew, orders, clients: 30, harmed: true });
  await load.more(200);
  await harm(load);
  await load.more(200);
  await load.stop();
  await works.settle();
  await works.check();
}

interface Behind {
  readonly works: Works;
  readonly proxy: CutProxy;
}

/** The nodes reach Postgres through a proxy that loses things; Redis is whole. */
const behindProxy: Fixture<Behind> = async (lend) => {
  const [database, server] = await Promise.all([lendDatabase(), ownRedis()]);
  const proxy = await cutProxy(Number(new URL(database.url).port));
  const through = new URL(database.url);
  through.hostname = '127.0.0.1';
  through.port = String(proxy.port);
  try {
    const servers = { ...database, url: through.href, redisUrl: server.url };
    await lendWorks(servers, {}, (works) => lend({ works, proxy }));
  } finally {
    await proxy.close();
    await server.close();
    await database.close();
  }
};

const cut = spec('a load while Postgres is cut off', behindProxy, { deadlineMs: 60_000 });

cut('its answers are lost: what was committed is answered as committed, once', async ({ works, proxy }) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 8; i++) {
      proxy.cutReplies(1 + (i % 3));
      await load.more(60);
    }
    proxy.resume();
  });
  assert.ok(proxy.cuts() > 0);
});

cut('its questions are lost: nothing was done, and it is done once', async ({ works, proxy }) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 8; i++) {
      proxy.cutRequests(1 + (i % 3));
      await load.more(60);
    }
    proxy.resume();
  });
  assert.ok(proxy.cuts() > 0);
});

cut('a dead line for a while', async ({ works, proxy }) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 3; i++) {
      proxy.stall();
      await sleep(300);
      proxy.resume();
      await load.more(100);
    }
  });
});

cut('its sessions are ended again and again', async ({ works }) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 6; i++) {
      await works.sight.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'andon%'`,
      );
      await load.more(60);
    }
  });
});

interface Own {
  readonly works: Works;
  readonly postgres: OwnPostgres;
}

const withOwnPostgres: Fixture<Own> = async (lend) => {
  const [postgres, server] = await Promise.all([ownPostgres(), ownRedis()]);
  try {
    const superUrl = postgres.superUrl.replace(/[^/]*$/, new URL(postgres.adminUrl).pathname.slice(1));
    const servers = { ...postgres, superUrl, redisUrl: server.url };
    await lendWorks(servers, { settings: { ANDON_COMMAND_MS: '2000' } }, (works) => lend({ works, postgres }));
  } finally {
    await server.close();
    await postgres.close();
  }
};

const killed = spec('Postgres killed and started again', withOwnPostgres, { deadlineMs: 90_000 });

killed('what was accepted stands, what was not answered has one effect at most', async ({ works, postgres }) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 2; i++) {
      await postgres.kill();
      await load.moreThrown(5);
      await postgres.restart();
      await load.more(100);
    }
  });
});

killed('while it is away no command is refused, remembered or not', async ({ works, postgres }) => {
  const [anna, bert] = await works.crew(2);
  const [actor] = await works.orders(1);
  await works.must(works.order(actor!, anna!, { type: 'capture', epoch: 0 }));
  const remembered = signed('order', actor!, bert!, { type: 'capture', epoch: 0 });
  assert.is((await works.send(remembered)).ok, false);
  const known = creation();
  await works.must(works.send(known));

  await postgres.kill();
  const sent = [
    remembered,
    signed('order', actor!, bert!, { type: 'capture', epoch: 0 }),
    signed('order', actor!, bert!, { type: 'start', epoch: 1 }),
    signed('order', actor!, anna!, { type: 'start', epoch: 0 }),
    signed('order', actor!, anna!, { type: 'complete', epoch: 1 }),
    signed('order', actor!, BUYER, { type: 'submit' }),
    signed('order', actor!, BUYER, { type: 'request-cancel', reason: 'no such reason' }),
    signed('order', actor!, SYSTEM, PRICED),
    signed('order', actor!, anna!, { type: 'start', epoch: 1 }, { expectedVersion: 1 }),
    signed('order', randomUUID(), anna!, { type: 'start', epoch: 1 }),
    signed('order', actor!, anna!, { type: 'release', epoch: 1 }),
    signed('operator', anna!.id, anna!, { type: 'start-shift' }),
    signed('operator', anna!.id, bert!, { type: 'end-shift' }),
    creation(),
    known,
  ];
  const codes = async (): Promise<string[]> =>
    Promise.all(
      sent.map((envelope) =>
        works.send(envelope).then(
          (answer) => `${envelope.command.type} ${answer.ok ? 'ok' : answer.code}`,
          (error: { code: string }) => error.code,
        ),
      ),
    );
  assert.equal(await codes(), Array(sent.length).fill('unavailable'));
  await works.redis.flushall();
  assert.equal(await codes(), Array(sent.length).fill('unavailable'), 'and with nothing in Redis');

  await postgres.restart();
  await works.settle();
  await until('all nodes are idle', () => works.nodes.every(({ runtime }) => runtime.busy === 0));
  await works.check();
});
