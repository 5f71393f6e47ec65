/** Who of the staff touched an order is nobody's business outside: whole answers and frames are searched for names and ids. */
import * as assert from 'uvu/assert';
import { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { memberOf, openWorld } from '../gateways/matrix-world.ts';
import { type Live, withLive } from '../gateways/open-live.ts';

const test = spec<Live>('names of the staff', withLive(), { deadlineMs: 60_000 });

test('never leave the house: not to buyers, partners or guests, in no answer, refusal, event or frame', async (live) => {
  live.keep();
  const world = await openWorld(live);
  const of = (caller: 'buyer' | 'partner') => world.members.get(memberOf(caller, 'own'))!.api;
  const [one, two] = [await live.as('operator', { site: 'north' }), await live.as('operator', { site: 'north' })];
  const [boss, packer, quality, crm, carrier] = [
    await live.as('supervisor', { site: 'north' }),
    await live.as('packer', { site: 'north' }),
    await live.as('quality', { site: 'north' }),
    await live.as('crm'),
    await live.as('carrier'),
  ];
  const staff = [one, two, boss, packer, quality, crm, carrier];
  const told: unknown[] = [];
  const versions = new Map<string, number>();

  for (const caller of ['buyer', 'partner'] as const) {
    const owner = of(caller);
    const { id } = world.target({ kind: 'order', caller, relation: 'own' });
    const { token } = (await owner.post(`/api/orders/${id}/share`)).body;
    const watchers = [
      { socket: await live.connect('/storefront', owner), message: { order: id } },
      { socket: await live.connect('/storefront', {}), message: { order: id, token } },
    ];
    for (const { socket, message } of watchers) {
      socket.socket.onAny((event: string, frame: { version?: number }) => {
        told.push([event, frame]);
        if (frame.version !== undefined) versions.set(id, Math.max(frame.version, versions.get(id) ?? 0));
      });
      told.push(await socket.ask('track', message));
    }
    const reads = async (): Promise<void> => {
      const guest = new Api(live.url);
      for (const path of ['', '/timeline', '?atLeast=1']) told.push((await owner.get(`/api/orders/${id}${path}`)).body);
      for (const path of [`?share=${token}`, `/timeline?share=${token}`])
        told.push((await guest.get(`/api/orders/${id}${path}`)).body);
      if (caller === 'partner')
        for (const path of [`/v1/orders/${id}`, `/v1/orders/${id}/timeline`, '/v1/orders', '/v1/events?limit=200'])
          told.push((await world.key.get(path)).body);
    };
    const refusals = async (): Promise<void> => {
      for (const [command, fields] of [
        ['submit', {}],
        ['approve', { priceVersion: 1 }],
        ['requote', {}],
      ] as const)
        told.push((await owner.order(id, command, fields)).body);
    };
    const steps: readonly (readonly [Api, string, object])[] = [
      [one, 'capture', { epoch: 0 }],
      [one, 'hand-over', { epoch: 0, to: two.id }],
      [two, 'accept-hand-over', { epoch: 0 }],
      [two, 'start', { epoch: 0 }],
      [boss, 'hold', { reason: 'quality', note: `asked by ${boss.name}` }],
      [boss, 'resume', {}],
      [owner, 'request-cancel', { reason: 'changed-mind' }],
      [two, 'refuse-cancel', { reason: 'nearly-done' }],
      [boss, 'set-priority', { priority: 3 }],
      [two, 'complete', { epoch: 0 }],
      [quality, 'rework', { reason: 'surface' }],
      [one, 'capture', { epoch: 0 }],
      [one, 'start', { epoch: 0 }],
      [boss, 'release', { epoch: 0, reason: 'machine-down' }],
      [two, 'capture', { epoch: 0 }],
      [two, 'complete', { epoch: 0 }],
      [packer, 'pack', {}],
      [packer, 'ship', { carrier: 'post', tracking: 'T1' }],
      [carrier, 'delivered', {}],
      [crm, 'close', {}],
    ];
    for (const [who, command, fields] of steps) {
      const { epoch } = (await boss.get(`/api/orders/${id}`)).body;
      const { status, body } = await who.order(id, command, { ...fields, ...('epoch' in fields ? { epoch } : {}) });
      assert.is(status, 200, `${command}: ${JSON.stringify(body)}`);
      if (who === owner) told.push(body);
      await reads();
      await refusals();
    }
    const { version } = (await owner.get(`/api/orders/${id}`)).body;
    await until('the last change was told', () => versions.get(id) === version);
    told.push((await owner.get('/api/orders?limit=200')).body);
  }
  const events = async () => (await world.key.get('/v1/events?limit=200')).body.items as { type: string }[];
  await until('the events are there', async () => (await events()).some(({ type }) => type === 'closed'));
  told.push(await events());

  const all = JSON.stringify(told);
  assert.ok(told.length > 300 && all.includes('manufacturing-started') && all.includes('captured'));
  for (const { id, name } of staff) {
    assert.not(
      all.includes(id),
      `an id of the staff was told: ${all.slice(all.indexOf(id) - 200, all.indexOf(id) + 60)}`,
    );
    assert.not(all.includes(name), `a name was told: ${all.slice(all.indexOf(name) - 200, all.indexOf(name) + 60)}`);
  }
});
