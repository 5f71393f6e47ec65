/** What is nested without end: the node refuses it and goes on. */
import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Live, withLive } from '../gateways/open-live.ts';

const test = spec<Live>('values nested too deep', withLive(), { shared: true, deadlineMs: 20_000 });

const DEPTHS = [25, 5_000, 30_000];
const nested = (depth: number, inside = '1'): string => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;

/** Written by hand: a client library would run out of stack before the node does. */
async function raw(live: Live, token: string, ...messages: (string | Uint8Array<ArrayBuffer>)[]): Promise<string[]> {
  const socket = new WebSocket(`${live.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  socket.onmessage = ({ data }) => heard.push(String(data));
  await until('open', () => heard.length > 0);
  socket.send(`40/mes,${JSON.stringify({ token })}`);
  await until('joined', () => heard.some((text) => text.startsWith('40/mes,')));
  for (const message of messages) socket.send(message);
  await until('answered or closed', () => heard.some((text) => text.startsWith('43/mes,')) || socket.readyState > 1);
  socket.close();
  return heard;
}

test('over a socket a command is invalid, and the node goes on', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const buyer = await live.as('buyer');
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  for (const depth of DEPTHS) {
    const message = `42/mes,7["command",{"order":"${id}","type":"capture","epoch":0,"more":${nested(depth)}}]`;
    const heard = await raw(live, operator.token!, message);
    assert.ok(heard.find((text) => text.startsWith('43/mes,'))?.includes('"invalid"'), `${depth}: ${heard}`);
    assert.is((await buyer.get(`/api/orders/${id}`)).body.version, 4, 'nothing was captured');
  }
});

test('with bytes at the bottom the connection ends, the node goes on', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const deep = nested(DEPTHS.at(-1)!, '{"_placeholder":true,"num":0}');
  await raw(live, operator.token!, `451-/mes,7["command",${deep}]`, new Uint8Array([1]));
  assert.is((await operator.get('/api/operators')).status, 200);
});

test('over REST it is 400 or 422, and nothing is kept', async (live) => {
  const buyer = await live.as('buyer');
  for (const depth of [...DEPTHS, 400_000]) {
    for (const body of [`{"settings":${nested(depth)}}`, `{"note":"x","more":${nested(depth)}}`, nested(depth)]) {
      const headers = { 'content-type': 'application/json' };
      const { status } = await buyer.raw('POST', '/api/orders', body, { key: randomUUID(), headers });
      assert.ok(status === 400 || status === 422, `${depth}: ${status}`);
    }
  }
});
