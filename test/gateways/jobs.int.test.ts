import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Job } from '../../gateways/contract/jobs.ts';
import { spec } from '../_kit/spec.ts';
import { type Rest, withRest } from './open-rest.ts';

const test = spec<Rest>('jobs over REST', withRest, { deadlineMs: 20_000 });

interface Kept {
  readonly kind?: string;
  readonly state?: string;
  readonly share?: string | null;
  readonly outcome?: string | null;
  readonly message?: string | null;
  readonly ago?: number;
}

/** A job that stands in the table as described; made so many seconds ago. */
async function keep(
  { core }: Rest,
  { kind = 'price', state = 'dead', share = null, outcome = null, message = null, ago = 0 }: Kept = {},
): Promise<string> {
  const id = randomUUID();
  await core.pool.query(
    `insert into jobs (id, kind, actor_id, payload, state, outcome, message, attempt, share, created_at)
     values ($1, $2, gen_random_uuid(), $3, $4, $5, $6, 5, $7, now() - $8 * interval '1 second')`,
    [id, kind, JSON.stringify({ order: id, revision: 1 }), state, outcome, message, share, ago],
  );
  return id;
}

const idsOf = (items: readonly Job[]): string[] => items.map(({ id }) => id);

test('jobs are listed newest first, page by page, with counts', async (rest) => {
  const engineer = await rest.as('engineer');
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.unshift(await keep(rest, { ago: 100 - n }));
  const timer = await keep(rest, { kind: 'timer', state: 'due', ago: 200 });
  const first = (await engineer.get('/api/jobs?limit=4')).body;
  const second = (await engineer.get(`/api/jobs?limit=4&cursor=${first.next}`)).body;
  assert.equal([...idsOf(first.items), ...idsOf(second.items)], [...ids, timer]);
  assert.is(second.next, null);
  assert.equal(first.counts, { due: 1, running: 0, done: 0, obsolete: 0, dead: 5 });
  assert.equal(idsOf((await engineer.get('/api/jobs?state=due')).body.items), [timer]);
  const prices = (await engineer.get('/api/jobs?kind=price')).body;
  assert.equal([idsOf(prices.items), prices.counts.due], [ids, 0]);
  for (const query of ['state=lost', 'kind=tea', 'cursor=xx', 'limit=0', 'order=1'])
    assert.is((await engineer.get(`/api/jobs?${query}`)).body.code, 'invalid', query);
});

test('jobs that were made in one moment are on one page each', async (rest) => {
  const engineer = await rest.as('engineer');
  await rest.core.pool.query(
    `insert into jobs (id, kind, actor_id) select gen_random_uuid(), 'price', gen_random_uuid() from generate_series(1, 9)`,
  );
  const seen: string[] = [];
  let cursor = '';
  do {
    const { items, next } = (await engineer.get(`/api/jobs?limit=2${cursor}`)).body;
    seen.push(...idsOf(items));
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '' && seen.length < 20);
  assert.equal([seen.length, new Set(seen).size], [9, 9]);
});

test('jobs that only one node can do are jobs of their kind: listed, counted, started anew', async (rest) => {
  const engineer = await rest.as('engineer');
  const [shared, bound] = [
    await keep(rest, { kind: 'ingest', ago: 2 }),
    await keep(rest, { kind: 'ingest:node-a', ago: 1 }),
  ];
  const price = await keep(rest, { ago: 3 });
  const all = (await engineer.get('/api/jobs')).body;
  assert.equal([idsOf(all.items), all.counts.dead], [[bound, shared, price], 3]);
  assert.is(all.items[0].kind, 'ingest:node-a');
  const ingest = (await engineer.get('/api/jobs?kind=ingest')).body;
  assert.equal([idsOf(ingest.items), ingest.counts.dead], [[bound, shared], 2]);
  assert.equal((await engineer.post('/api/jobs/redrive', { kind: 'ingest' })).body, { redriven: 2 });
  assert.equal(idsOf((await engineer.get('/api/jobs?state=dead')).body.items), [price]);
});

test('a job says what it is for and what it died of', async (rest) => {
  const share = randomUUID();
  const id = await keep(rest, { share, outcome: 'measure_timed_out', message: 'the child took too long' });
  const [job] = (await (await rest.as('crm')).get('/api/jobs?state=dead')).body.items;
  const { due, createdAt, ...known } = job;
  assert.equal(known, {
    ...{ id, kind: 'price', order: id, state: 'dead', attempt: 5, drive: 0, share },
    ...{ outcome: 'measure_timed_out', message: 'the child took too long' },
  });
  assert.ok(Date.parse(due) <= Date.now() && Date.parse(createdAt) <= Date.now());
});

test('a dead job starts anew with all its attempts; what is not dead is left as it is', async (rest) => {
  const engineer = await rest.as('engineer');
  const id = await keep(rest, { outcome: 'measure_crashed', message: 'x' });
  const again = (): ReturnType<typeof engineer.post> => engineer.post(`/api/jobs/${id}/redrive`, {});
  const { status, body } = await again();
  assert.equal([status, body], [200, { redriven: 1 }]);
  const [job] = (await engineer.get('/api/jobs')).body.items;
  assert.equal([job.state, job.attempt, job.drive, job.outcome, job.message], ['due', 0, 1, null, undefined]);
  const refused = await again();
  assert.is(refused.status, 409);
  assert.equal([refused.body.code, refused.body.status, refused.body.allowed], ['wrong_status', 'due', ['dead']]);
  for (const unknown of [randomUUID(), 'x'])
    assert.is((await engineer.post(`/api/jobs/${unknown}/redrive`, {})).status, 404);
  assert.is(rest.audits.length, 1);
  assert.equal([rest.audits[0]!['what'], rest.audits[0]!['job'], rest.audits[0]!['count']], ['jobs_redriven', id, 1]);
  assert.ok(rest.audits[0]!['by']);
});

test('of two who start one job anew at once one does', async (rest) => {
  const engineer = await rest.as('engineer');
  const id = await keep(rest);
  const answers = await Promise.all([1, 2, 3, 4].map(() => engineer.post(`/api/jobs/${id}/redrive`, {})));
  assert.equal(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
});

test('dead jobs are started anew by kind, cause, share and age, or all', async (rest) => {
  const engineer = await rest.as('engineer');
  const share = randomUUID();
  await keep(rest, { state: 'due', outcome: 'a' });
  const dead: readonly Kept[] = [
    { outcome: 'a' },
    { outcome: 'b', share },
    { kind: 'timer', outcome: 'a' },
    { outcome: 'c', ago: 3_600 },
    { outcome: 'd', kind: 'let-go', share },
    {},
  ];
  for (const job of dead) await keep(rest, job);
  const redriven = async (wanted: object): Promise<number> =>
    (await engineer.post('/api/jobs/redrive', wanted)).body.redriven;
  assert.is(await redriven({ code: 'z' }), 0);
  assert.is(await redriven({ kind: 'timer', code: 'a' }), 1);
  assert.is(await redriven({ share: 'house', code: 'a' }), 1);
  assert.is(await redriven({ share, kind: 'price' }), 1);
  assert.is(await redriven({ before: new Date(Date.now() - 1_800_000).toISOString() }), 1);
  assert.is(await redriven({}), 2);
  assert.is(await redriven({}), 0);
  for (const wrong of [
    { kind: 'tea' },
    { share: 'x' },
    { before: 'noon' },
    { before: '2026-99-99T00:00:00Z' },
    { id: 1 },
  ])
    assert.is((await engineer.post('/api/jobs/redrive', wrong)).body.code, 'invalid', JSON.stringify(wrong));
});

test('only engineers and the CRM look after jobs', async (rest) => {
  const id = await keep(rest);
  for (const role of ['buyer', 'operator', 'packer', 'quality', 'supervisor', 'carrier']) {
    const who = await rest.as(role);
    const answers = [
      await who.get('/api/jobs'),
      await who.post('/api/jobs/redrive', {}),
      await who.post(`/api/jobs/${id}/redrive`, {}),
    ];
    assert.equal(
      answers.map(({ body }) => body.code),
      ['forbidden', 'forbidden', 'forbidden'],
      role,
    );
  }
  assert.equal(
    [(await (await rest.as('crm')).post(`/api/jobs/${id}/redrive`, {})).status, rest.audits.length],
    [200, 1],
  );
});
