import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { NewRow } from '../../src/log/rows.ts';
import { EventFeed } from '../../src/views/event-feed.ts';
import { FIRST, placeFrom } from '../../src/views/event-place.ts';
import { readEvents, whoHasNews } from '../../src/views/event-store.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { newRow, next } from '../log/new-row.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';

interface Open extends OpenLog {
  /** Of another keeper each. */
  feed(): EventFeed;
  append(...rows: readonly NewRow[]): Promise<void>;
  /** Every event of a tenant, as it is told. */
  told(tenant: string, pages?: number): Promise<unknown[]>;
}

const withEvents: Fixture<Open> = (lend, title) =>
  withOpenLog(async (log) => {
    const batcher = await log.batcher();
    await lend({
      ...log,
      feed: () =>
        new EventFeed({
          pool: log.pool,
          kind: 'order',
          house: 'house',
          events: (row) => ({
            tenant: (row.after as { tenant: string }).tenant,
            events: row.events.map((_, n) => `${row.actor} ${row.version} ${n}`),
          }),
          quarantine: async () => undefined,
          report: () => undefined,
        }),
      async append(...rows) {
        for (const row of rows) assert.is((await batcher.append(row)).result, 'won');
        await until('every row may be read', async () => {
          const [line] = await log.see<{ waits: boolean }>(
            'select exists (select from actor_log where xid >= pg_snapshot_xmin(pg_current_snapshot())) as waits',
          );
          return line?.waits === false;
        });
      },
      async told(tenant, pages = 100) {
        const all: unknown[] = [];
        for (let after = FIRST; ; ) {
          const page = await readEvents(log.pool, tenant, after, pages);
          if (page.items.length === 0) return all;
          all.push(...page.items.map((item) => JSON.parse(item)));
          after = placeFrom(page.next, '/after');
        }
      },
    });
  }, title);

const test = spec('the feed of partners', withEvents, { deadlineMs: 20_000 });

const of = (tenant: string, over: Partial<NewRow> = {}): NewRow => newRow({ after: { tenant }, ...over });

test('keepers that run into each other tell every event once', async ({ feed, append, told }) => {
  const rows = Array.from({ length: 40 }, (_, n) => of(`p${n % 2}`));
  await append(...rows);
  const keepers = [feed(), feed(), feed()];
  await Promise.all(keepers.map((keeper) => keeper.step()));
  await Promise.all(keepers.map((keeper) => keeper.step()));
  for (const tenant of ['p0', 'p1']) {
    const mine = rows.filter(({ after }) => (after as { tenant: string }).tenant === tenant);
    assert.equal(
      await told(tenant),
      mine.map(({ actor }) => `${actor} 1 0`),
    );
  }
});

test('several events of one version keep their order, also where a page ends between them', async ({
  feed,
  append,
  told,
}) => {
  const first = of('p', { events: [{ type: 'a' }, { type: 'b' }, { type: 'c' }] });
  await append(first, next(first, { after: { tenant: 'p' } }), of('house'), newRow({ kind: 'operator' }));
  await feed().step();
  const all = [`${first.actor} 1 0`, `${first.actor} 1 1`, `${first.actor} 1 2`, `${first.actor} 2 0`];
  for (const pages of [1, 2, 100]) assert.equal(await told('p', pages), all);
  assert.equal(await told('house'), [], 'the house reads no feed');
});

test('a row that commits late is told, and after nothing that was read before it', async ({
  feed,
  append,
  told,
  session,
}) => {
  const late = await session();
  const slow = of('p', { actor: randomUUID() });
  await late.query('begin');
  await late.query(
    `insert into actor_log (kind, actor_id, version, command_id, command_hash, issuer, at, events, after, state_version)
     values ('order', $1, 1, $2, 'h', '{}', now(), '[{"type": "a"}]', '{"tenant": "p"}', 1)`,
    [slow.actor, slow.commandId],
  );
  const keeper = feed();
  await keeper.step();
  assert.equal(await told('p'), []);
  await late.query('commit');
  const after = of('p');
  await append(after);
  await keeper.step();
  assert.equal(await told('p'), [`${slow.actor} 1 0`, `${after.actor} 1 0`]);
});

test('only those with news behind their place are named', async ({ feed, append, pool }) => {
  await append(of('p'), of('q'));
  await feed().step();
  const { next: end } = await readEvents(pool, 'p', FIRST, 10);
  const waiting = [
    { tenant: 'p', after: placeFrom(end, '/after') },
    { tenant: 'q', after: FIRST },
    { tenant: 'nobody', after: FIRST },
    { tenant: 'p', after: FIRST },
  ];
  assert.equal([...(await whoHasNews(pool, waiting))].sort(), [1, 3]);
});
