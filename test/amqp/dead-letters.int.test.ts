import * as assert from 'uvu/assert';
import { Publisher } from '../../src/amqp/publisher.ts';
import { copyDeadJobs } from '../../src/work/dead-letters.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type WithJobs, withJobs } from '../work/with-jobs.ts';
import { type OpenBroker, withBroker } from './open-broker.ts';

interface Open extends WithJobs {
  readonly amqp: OpenBroker;
  /** What has come to the dead-letter queue, in the order of its coming. */
  letters(): Promise<readonly { readonly id: string; readonly body: Readonly<Record<string, unknown>> }[]>;
  /** Jobs that ran for the last time. */
  die(count: number): Promise<readonly string[]>;
}

const open: Fixture<Open> = (lend, title) =>
  withBroker(
    (amqp) =>
      withJobs(async (jobs) => {
        const { topology, sight } = amqp;
        const broker = await amqp.broker();
        const publisher = new Publisher({ broker, declare: topology.declareDeadLetters(), confirmMs: 1_000 });
        const stop = new AbortController();
        const copying = copyDeadJobs(
          {
            pool: jobs.pool,
            topology,
            connected: () => broker.connected,
            send: (messages) => publisher.send(messages),
            report: () => undefined,
            everyMs: 20,
          },
          stop.signal,
        );
        await topology.declareDeadLetters()(sight);
        const come: { id: string; body: Readonly<Record<string, unknown>> }[] = [];
        try {
          await lend({
            ...jobs,
            amqp,
            async letters() {
              for (;;) {
                const message = await sight.get(topology.deadLetters, { noAck: true });
                if (message === false) return come;
                come.push({ id: String(message.properties.messageId), body: JSON.parse(message.content.toString()) });
              }
            },
            async die(count) {
              await jobs.add(count, { payload: { order: 'of the test' } });
              const taken = await jobs.jobs('last').claim(['test'], count);
              for (const job of taken)
                await jobs.jobs('last').bury(job, { code: 'measure_crashed', message: 'it crashed' });
              return taken.map(({ id }) => id);
            },
          });
        } finally {
          stop.abort();
          await copying;
          publisher.close();
        }
      }, title),
    title,
  );

const test = spec<Open>('dead letters', open);

test('a dead job is told once, with its cause; what lives is not', async ({ add, die, letters, pool }) => {
  const [id] = await die(1);
  await add(2);
  await until('it is told', async () => (await letters()).length > 0);
  await until('that is remembered', async () => {
    const { rows } = await pool.query('select 1 from jobs where letter = drive');
    return rows.length === 1;
  });
  const [letter, ...more] = await letters();
  assert.equal(more, []);
  assert.is(letter?.id, `${id}/0`);
  const { kind, code, message, payload } = letter?.body ?? {};
  assert.equal([kind, code, message, payload], ['test', 'measure_crashed', 'it crashed', { order: 'of the test' }]);
});

test('one that was driven anew and died again is told again', async ({ die, letters, pool }) => {
  const [id] = await die(1);
  await until('the first death', async () => (await letters()).length === 1);
  await pool.query(`update jobs set drive = drive + 1 where id = $1`, [id]);
  await until('the second', async () => (await letters()).some((letter) => letter.id === `${id}/1`));
});

test('what died while the broker was away, or its queue was deleted, is told later', async (at) => {
  const { amqp, die, letters } = at;
  await amqp.sight.deleteQueue(amqp.topology.deadLetters);
  amqp.proxy.cutRequests();
  const ids = await die(150);
  await amqp.topology.declareDeadLetters()(amqp.sight);
  const told = async () => new Set((await letters()).map(({ body }) => body['id']));
  assert.is((await told()).size, 0);
  amqp.proxy.resume();
  await until('all are told', async () => (await told()).size === ids.length);
});
